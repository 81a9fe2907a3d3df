import { type AwsError, UnknownFeature } from "../errors.ts";
import type { Caller } from "../service.ts";
import type { HttpResponse } from "./http.ts";
import { plain } from "./plain.ts";
import type { Call } from "./protocol.ts";
import type { Wire } from "./wire.ts";

/** The name under which a bundle finds the direct way into the cloud, which only the thin SDK asks for. */
export const directModule = "@ovsc/local/door";

/** The answer to a direct call: what a response of AWS says, without being text. */
export type DirectAnswer = { readonly requestId: string } & (
  | { readonly output: Readonly<Record<string, unknown>> }
  | { readonly error: DirectError }
);

export interface DirectError {
  readonly code: string;
  readonly message: string;
  readonly statusCode: number;
  readonly members: Readonly<Record<string, unknown>>;
}

/** Sends a call on its way; `answer` is called once, with an Error where the connection broke. */
export type DirectCalls = (
  call: Call<DirectAnswer>,
  answer: (outcome: DirectAnswer | HttpResponse | Error) => void,
) => void;

/** How the thin SDK reaches the cloud, from inside a handler or from outside. */
export interface Door {
  /**
   * @param input a command's input, as it would be written to JSON
   * @param answer is called once, with the answer or with an error of the connection
   */
  call(service: string, operation: string, input: object, answer: (outcome: DirectAnswer | Error) => void): void;
  /** Ends the run: the thin SDK does not know a feature that the AWS SDK has. */
  refuse(feature: string): never;
}

/**
 * A call that passes the cloud's door as it is. Its input is copied: what the caller does to it later changes
 * nothing.
 */
export const directCall = (
  service: string,
  operation: string,
  input: object,
  refuse: (feature: string) => never,
): Call<DirectAnswer> => ({
  service,
  operation,
  input: plain(input, (what) => refuse(`${what} in an input of ${service} ${operation}`)) as Record<string, unknown>,
  answer: (output, requestId) => ({ requestId, output: (output ?? {}) as Record<string, unknown> }),
  refuse: ({ code, message, statusCode, members }: AwsError, requestId) => ({
    requestId,
    error: { code, message, statusCode, members },
  }),
});

/** The door for programs outside of the cloud. As with the SDK's clients, a call is answered without the clock. */
export const outerDoor = (wire: Wire, caller: Caller): Door => ({
  call: (service, operation, input, answer) =>
    void wire.carryOut(caller, directCall(service, operation, input, refuseOutside)).then(answer, answer),
  refuse: refuseOutside,
});

function refuseOutside(feature: string): never {
  throw new UnknownFeature(feature, "a call from outside of the cloud");
}

/** The module that a bundle with the thin SDK requires. */
export const directDoor = (call: DirectCalls, refuse: (feature: string) => never): { door: Door } => ({
  door: {
    call: (service, operation, input, answer) =>
      // Only a request that could not be read is answered in HTTP, and a direct call needs no reading.
      call(directCall(service, operation, input, refuse), answer as (outcome: unknown) => void),
    refuse,
  },
});
