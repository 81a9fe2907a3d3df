import {
  DEFAULT_MAX_ATTEMPTS,
  DEFAULT_RETRY_MODE,
  NODE_MAX_ATTEMPT_CONFIG_OPTIONS,
  resolveRetryConfig,
  retryMiddleware,
} from "@smithy/core/retry";
import { Uint8ArrayBlobAdapter, v4 } from "@smithy/core/serde";
import type { Door } from "../wire/direct.ts";
import { plain } from "../wire/plain.ts";
import { unlessAborted } from "../wire/unless-aborted.ts";
import { connectionError, type ExceptionClass, exceptionOf } from "./exception.ts";

/** What differs from service to service. */
export interface ThinService {
  readonly name: string;
  /** The operations whose inputs and outputs are the same in JSON as in the SDK. */
  readonly operations: Readonly<Record<string, ThinOperation>>;
  /** The exceptions that the service's model names. */
  readonly exceptions: readonly ExceptionClass[];
  /** Of any other error: the service's own base class. */
  readonly exception: ExceptionClass;
  /** Where the SDK gives a service defaults of its own. */
  readonly retries?: { readonly defaultMaxAttempts: number; readonly defaultBaseDelay: number };
}

export interface ThinOperation {
  /** The member that the SDK fills with a random token where it is not given. */
  readonly token?: string;
  /** Members of the output, at any depth, that are seconds in JSON and dates in the SDK. */
  readonly dates?: readonly string[];
  /** Members of the output that are text here and bytes in the SDK. */
  readonly bytes?: readonly string[];
}

/** What a program may ask of a client; the SDK's clients take it before what the environment says. */
export interface ThinConfiguration {
  readonly maxAttempts?: number;
  /** Means nothing here: no request goes to an endpoint. */
  readonly useQueueUrlAsEndpoint?: boolean;
}

/** What a program may say of one call. */
export interface SendOptions {
  readonly abortSignal?: AbortSignal;
}

/** A command of the AWS SDK, as far as it is read here: its input, and the operation's name in its schema. */
export interface SdkCommand {
  readonly input: object;
  readonly schema?: unknown;
}

interface Attempt {
  readonly operation: string;
  readonly input: object;
}

export type ThinOutput = Record<string, unknown> & { $metadata: object };

interface Answered {
  readonly output: ThinOutput;
  readonly response: undefined;
}

/**
 * A client in place of the SDK's: it takes the SDK's commands and throws its exceptions after its retries, and in
 * between hands the input to the cloud as it is, unsigned and unwritten.
 */
export class ThinClient {
  readonly #service: ThinService;
  readonly #door: Door;
  readonly #settings: ReturnType<typeof retrySettings>;

  constructor(service: ThinService, door: Door, configuration: ThinConfiguration = {}) {
    const { maxAttempts, useQueueUrlAsEndpoint: _, ...others } = configuration;
    const [setting] = Object.keys(others);
    if (setting) door.refuse(`the setting ${setting} of a client of the thin SDK`);
    this.#service = service;
    this.#door = door;
    this.#settings = retrySettings(service, maxAttempts);
  }

  async send(command: SdkCommand, options: SendOptions = {}): Promise<ThinOutput> {
    const { abortSignal, ...others } = options;
    const [option] = Object.keys(others);
    if (option) this.#door.refuse(`the option ${option} of send() in the thin SDK`);
    const answer = this.carryOut(operationOf(command), command.input);
    return abortSignal ? unlessAborted(answer, abortSignal) : answer;
  }

  /** @throws the SDK's exceptions, after the SDK's retries */
  async carryOut(operation: string, given: object): Promise<ThinOutput> {
    const known = this.#service.operations[operation];
    if (!known) this.#door.refuse(`${this.#service.name} ${operation} in the thin SDK`);
    const lacksToken = known.token && (given as Record<string, unknown>)[known.token] === undefined;
    const input = lacksToken ? { ...given, [known.token]: v4() } : given;
    const { output } = await this.#withRetries({ operation, input });
    if (known.dates) makeDates(output, known.dates);
    for (const name of known.bytes ?? []) {
      if (typeof output[name] === "string") output[name] = Uint8ArrayBlobAdapter.fromString(output[name]);
    }
    return output;
  }

  /** Says that something the SDK has is missing here. */
  refuse(feature: string): never {
    return this.#door.refuse(feature);
  }

  destroy(): void {}

  /**
   * The SDK's retries, with a budget of their own: a client of the AWS SDK has one for all its calls, so that what one
   * invocation comes to depends on those before. The middleware comes in where the first attempt failed: most do not.
   */
  async #withRetries(call: Attempt): Promise<Answered> {
    // The id that the SDK gives every call, drawn as the SDK does: of calls made at once, after all their tokens.
    await Promise.resolve();
    v4();
    try {
      return await this.#call(call);
    } catch (error) {
      return this.#retry(call, error);
    }
  }

  /** @param error of the first attempt */
  #retry(call: Attempt, error: unknown): Promise<Answered> {
    const retries = resolveRetryConfig({ ...this.#settings }, this.#service.retries);
    let attempts = 0;
    const attempt = async (one: Attempt) => {
      attempts += 1;
      if (attempts === 1) throw error;
      return this.#call(one);
    };
    return (retryMiddleware(retries)(attempt as never, {}) as unknown as typeof attempt)(call);
  }

  #call({ operation, input }: Attempt): Promise<Answered> {
    const { name } = this.#service;
    return new Promise((resolve, reject) => {
      this.#door.call(name, operation, input, (answer) => {
        if (!("requestId" in answer)) reject(connectionError(answer));
        else if ("error" in answer) reject(exceptionOf(this.#service, answer));
        else {
          const output = plain(answer.output, (what) =>
            this.#door.refuse(`${what} in an output of ${name} ${operation}`),
          );
          // Of a first attempt; after others, the middleware writes theirs.
          const $metadata = { httpStatusCode: 200, requestId: answer.requestId, attempts: 1, totalRetryDelay: 0 };
          resolve({ response: undefined, output: Object.assign(output as object, { $metadata }) });
        }
      });
    });
  }
}

/** The SDK asks the environment, then goes by the service's default. */
function retrySettings({ retries }: ThinService, maxAttempts: number | undefined) {
  const { environmentVariableSelector } = NODE_MAX_ATTEMPT_CONFIG_OPTIONS;
  return {
    maxAttempts:
      maxAttempts ?? environmentVariableSelector(process.env) ?? retries?.defaultMaxAttempts ?? DEFAULT_MAX_ATTEMPTS,
    retryMode: process.env["AWS_RETRY_MODE"] ?? DEFAULT_RETRY_MODE,
  };
}

/** An operation's schema is an array; its name stands third. */
function operationOf({ schema }: SdkCommand): string {
  return Array.isArray(schema) ? String(schema[2]) : "a command without a schema";
}

/** Makes dates of what the SDK gives as dates, in place. */
function makeDates(value: object, names: readonly string[]): void {
  for (const [name, member] of Object.entries(value) as [string, unknown][]) {
    if (typeof member === "object" && member !== null) makeDates(member, names);
    else if (typeof member === "number" && names.includes(name))
      Object.assign(value, { [name]: new Date(member * 1000) });
  }
}
