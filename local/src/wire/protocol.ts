import type { AwsError } from "../errors.ts";
import type { ServiceName } from "../service.ts";
import type { HttpResponse } from "./http.ts";

/** A request understood: which operation is called with what, and how its protocol writes the answer. */
export interface Call {
  readonly service: ServiceName;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Writes the operation's output. */
  answer(output: unknown, requestId: string): HttpResponse;
  /** Writes an error, so that the SDK throws its typed exception. */
  refuse(error: AwsError, requestId: string): HttpResponse;
}
