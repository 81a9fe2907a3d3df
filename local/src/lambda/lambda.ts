import type { Activity, Clock } from "../clock.ts";
import type { ServiceDescriptor } from "../descriptor.ts";
import { door, type Call, type Operations } from "../door/door.ts";
import { AwsError, UnknownFeature } from "../errors.ts";
import type { Faults } from "../faults/faults.ts";
import type { History } from "../history.ts";
import type { Ids } from "../identity.ts";
import { checkNesting } from "../nesting.ts";
import type { Api, Caller, Service } from "../service.ts";
import { Watch } from "../watch.ts";
import { Wire } from "../wire/wire.ts";
import { describeEventInvokeConfig, describeFunction } from "./describe.ts";
import { DurableExecutions, type CheckpointInput, type StateInput } from "./durable/durable-executions.ts";
import type { ErrorObject } from "./durable/operation.ts";
import { parseFunctionName } from "./function-name.ts";
import {
  defineFunction,
  type EventInvokeConfig,
  type FunctionProperties,
  type LambdaFunction,
  qualifiedArn,
} from "./function.ts";
import { Functions } from "./functions.ts";
import { AsynchronousQueue } from "./invocation/asynchronous-queue.ts";
import { checkDeadLetterQueue } from "./invocation/dead-letter.ts";
import { destinationOf } from "./invocation/destination.ts";
import { Environments } from "./invocation/environments.ts";
import { Leaving } from "./invocation/leaving.ts";
import { maximumRequestBytes, type InvocationOutcome } from "./invocation/outcome.ts";
import { checkCode } from "./runtime/code.ts";

export interface LambdaOptions {
  readonly clock: Clock;
  readonly history: History;
  readonly api: Api;
  readonly ids: Ids;
  readonly region: string;
  /** What handlers can call, and where records of invocations can go. */
  readonly services: readonly ServiceDescriptor[];
  readonly faults?: Faults;
  /** Tells a supervisor whose handler runs. */
  readonly watch?: Watch;
  /** Of all that is random in handlers: `Math.random`, `crypto.randomUUID`. The same seed gives the same numbers. */
  readonly seed?: number;
  /** See `CloudOptions`. */
  readonly repeatable?: boolean;
  /** Invocations that may run at once in the region; 1,000 if not given. */
  readonly concurrencyLimit?: number;
}

const maximumAsynchronousBytes = 1_048_576;

/** AWS Lambda: functions, their execution environments, synchronous and asynchronous invocation. */
export class Lambda implements Service, Activity {
  readonly #clock: Clock;
  readonly #ids: Ids;
  readonly #region: string;
  readonly #services: readonly ServiceDescriptor[];
  readonly #functions: Functions;
  readonly #withInvokeConfig = new WeakSet<LambdaFunction>();
  readonly #watch: Watch;
  readonly #environments: Environments;
  readonly #queue: AsynchronousQueue;
  readonly durable: DurableExecutions;
  readonly call: Call;
  #failed = false;

  constructor(options: LambdaOptions) {
    const { clock, history, api, ids, region, services, faults = {}, concurrencyLimit } = options;
    const { watch = new Watch(), seed = 0, repeatable = false } = options;
    this.#clock = clock;
    this.#ids = ids;
    this.#region = region;
    this.#functions = new Functions(region);
    this.#services = services;
    this.#watch = watch;
    const fail = (error: unknown) => this.#fail(error);
    const wire = new Wire({ api, ids, region, services, onRefusal: fail });
    const surroundings = { clock, history, region, wire, faults, watch, fail };
    this.#environments = new Environments(surroundings, {
      seed,
      repeatable,
      ...(concurrencyLimit !== undefined && { concurrencyLimit }),
    });
    this.call = door({ service: "lambda", operations: this.#operations(), takes });
    const leaving = new Leaving({ ...surroundings, api, services });
    this.#queue = new AsynchronousQueue(surroundings, this.#environments, (event, condition) =>
      leaving.invocation(event, condition),
    );
    this.durable = new DurableExecutions(surroundings, {
      environments: this.#environments,
      api,
      ids,
      left: (execution) => leaving.durableExecution(execution),
    });
  }

  /** See `Activity`. */
  runBegins(): void {
    this.#environments.runBegins();
  }

  /** @throws UnknownFeature where a handler changed what belongs to the process */
  runEnds(): void {
    this.#environments.runEnds();
  }

  /** Ends what is under way without a word to anybody: the functions and their environments stay. */
  reset(): void {
    this.#environments.abandon();
    this.durable.reset();
    this.#failed = false;
  }

  /** Forgets the functions, too. Their environments wait for functions that are made of the very same. */
  clear(): void {
    this.reset();
    this.#functions.clear();
    this.#environments.layAside();
  }

  endStuck(): boolean {
    this.#watch.rest();
    return this.#environments.endStuck();
  }

  /**
   * @throws AwsError ResourceConflictException for a name that is taken, InvalidParameterValueException
   * @throws UnknownFeature for a runtime, an ECMAScript module or a dead-letter target the cloud does not know
   */
  createFunction(properties: FunctionProperties): LambdaFunction {
    const { functionName } = properties;
    if (this.#functions.has(functionName)) {
      throw new AwsError("ResourceConflictException", `Function already exist: ${functionName}`, 409);
    }
    const created = this.#define(properties);
    this.#functions.add(created);
    return created;
  }

  /**
   * Gives a function other code and settings. A try that runs ends as it began; the next one is in a new environment.
   * @throws what `createFunction` throws, and ResourceNotFoundException
   */
  updateFunction(properties: FunctionProperties): LambdaFunction {
    const defined = this.#define(properties);
    this.#environments.discard(this.#functions.find(defined.name));
    return this.#functions.update(defined);
  }

  #define(properties: FunctionProperties): LambdaFunction {
    const { functionName, codeFolder, handler, reservedConcurrency, deadLetterArn } = properties;
    if (deadLetterArn) checkDeadLetterQueue(deadLetterArn, functionName);
    const defined = defineFunction(properties, this.#region);
    checkCode(codeFolder, handler);
    this.#environments.concurrency.reserve(functionName, reservedConcurrency);
    return defined;
  }

  /** @throws UnknownFeature for a destination the cloud cannot send to */
  putEventInvokeConfig(functionName: string, config: EventInvokeConfig, qualifier?: string): void {
    for (const destination of [config.onSuccessArn, config.onFailureArn]) {
      if (destination) destinationOf(this.#services, destination, functionName);
    }
    const found = this.#find(functionName, qualifier);
    found.eventInvokeConfig = config;
    this.#withInvokeConfig.add(found);
  }

  /** @throws AwsError ResourceNotFoundException, AlreadyExists */
  publishVersion(functionName: string): LambdaFunction {
    return this.#functions.publish(this.#find(functionName).name);
  }

  /** Takes a published version away. */
  deleteVersion(versionArn: string): void {
    this.#functions.removeVersion(this.#find(versionArn));
  }

  #operations(): Operations {
    const named = ({ FunctionName, Qualifier }: Named) => this.#find(FunctionName, Qualifier);
    return {
      Invoke: (input: InvokeInput, caller) => this.#invoke(input, caller),
      GetFunction: (input) => {
        const found = named(input);
        const { reservedConcurrency, tags } = found.properties;
        return {
          Configuration: describeFunction(found),
          ...(tags && { Tags: tags }),
          ...(reservedConcurrency !== undefined && {
            Concurrency: { ReservedConcurrentExecutions: reservedConcurrency },
          }),
        };
      },
      GetFunctionConfiguration: (input) => describeFunction(named(input)),
      GetFunctionEventInvokeConfig: (input) => {
        const found = named(input);
        if (this.#withInvokeConfig.has(found)) return describeEventInvokeConfig(found);
        const message = `The function ${qualifiedArn(found)} doesn't have an EventInvokeConfig`;
        throw new AwsError("ResourceNotFoundException", message, 404, { Type: "User" });
      },
      CheckpointDurableExecution: (input: CheckpointInput) => this.durable.checkpoint(input),
      GetDurableExecutionState: (input: StateInput) => this.durable.state(input),
      GetDurableExecution: (input: { DurableExecutionArn: string }) => this.durable.describe(input),
      ListDurableExecutionsByFunction: (input: Named & { DurableExecutionName?: string }) =>
        this.durable.list(named(input), input.DurableExecutionName),
      SendDurableExecutionCallbackSuccess: ({ CallbackId, Result }: CallbackInput) =>
        this.durable.callBack(CallbackId, Result === undefined ? {} : { Result }),
      SendDurableExecutionCallbackFailure: ({ CallbackId, Error = {} }: CallbackInput) =>
        this.durable.callBack(CallbackId, { Error }),
      ListFunctions: () => ({ Functions: this.#functions.current.map(describeFunction) }),
    };
  }

  /** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
  #invoke(input: InvokeInput, { trace }: Caller): unknown {
    const { FunctionName, InvocationType = "RequestResponse", LogType, Payload } = input;
    if (LogType === "Tail") throw new UnknownFeature("LogType Tail", "lambda Invoke");
    const payload = Payload || "{}";
    const { name, qualifier } = parseFunctionName(FunctionName, input.Qualifier, this.#region);
    const found = this.#functions.find(name, qualifier);
    checkPayload(payload, InvocationType === "Event" ? maximumAsynchronousBytes : maximumRequestBytes);
    if (InvocationType === "DryRun") return { StatusCode: 204 };
    const requestId = this.#ids.uuid();
    if (found.properties.durable) {
      if (qualifier === undefined) throw unqualified();
      if (InvocationType !== "Event") {
        throw new UnknownFeature("a durable function that is invoked synchronously", name);
      }
      const start = { name: input.DurableExecutionName, payload, requestId, trace };
      return { StatusCode: 202, DurableExecutionArn: this.durable.start(found, start) };
    }
    if (input.DurableExecutionName !== undefined) {
      throw new UnknownFeature("DurableExecutionName for a function that is not durable", name);
    }
    if (InvocationType === "Event") {
      this.#queue.accept(found, requestId, payload, trace);
      return { StatusCode: 202 };
    }
    return new Promise((resolve, reject) => {
      const invocation = { requestId, payload, attempt: 1, asynchronous: false, trace };
      // It begins as a task of the clock, so that a handler under way goes on first and choices may say otherwise.
      const begin = () => {
        try {
          this.#environments.run(found, invocation, (outcome) => resolve(invokeOutput(found, outcome)));
        } catch (error) {
          reject(error);
        }
      };
      this.#clock.schedule(0, begin, () => ({ what: "other", invoked: found.name, payload }));
    });
  }

  /** Makes the clock's run end with the first error that is none of AWS's. */
  #fail(error: unknown): void {
    if (this.#failed) return;
    this.#failed = true;
    this.#clock.schedule(0, () => {
      throw error;
    });
  }

  #find(functionName: string, given?: string): LambdaFunction {
    const { name, qualifier } = parseFunctionName(functionName, given, this.#region);
    return this.#functions.find(name, qualifier);
  }
}

const takes = {
  Invoke: ["FunctionName", "Qualifier", "InvocationType", "LogType", "Payload", "DurableExecutionName"],
  ListDurableExecutionsByFunction: ["FunctionName", "Qualifier", "DurableExecutionName"],
  GetDurableExecutionState: ["DurableExecutionArn", "CheckpointToken"],
  ListFunctions: [],
};

interface Named {
  readonly FunctionName: string;
  readonly Qualifier?: string;
}

interface InvokeInput extends Named {
  readonly InvocationType?: "RequestResponse" | "Event" | "DryRun";
  readonly LogType?: "None" | "Tail";
  readonly Payload?: string;
  readonly DurableExecutionName?: string;
}

interface CallbackInput {
  readonly CallbackId: string;
  readonly Result?: string;
  readonly Error?: ErrorObject;
}

const unqualified = (): AwsError =>
  new AwsError(
    "InvalidParameterValueException",
    "You cannot invoke a durable function using an unqualified ARN.",
    400,
    { Type: "User" },
  );

function invokeOutput({ version }: LambdaFunction, { payload, errorType }: InvocationOutcome): object {
  const output = { StatusCode: 200, ExecutedVersion: version, Payload: payload };
  return errorType === undefined ? output : { ...output, FunctionError: "Unhandled" };
}

/** @throws AwsError RequestTooLargeException, InvalidRequestContentException for what is not JSON */
function checkPayload(payload: string, maximumBytes: number): void {
  if (payload.length * 3 > maximumBytes && Buffer.byteLength(payload) > maximumBytes) {
    const message = `Request must be smaller than ${maximumBytes} bytes for the InvokeFunction operation`;
    throw new AwsError("RequestTooLargeException", message, 413, { Type: "User" });
  }
  checkNesting(payload, "lambda Invoke, Payload");
  try {
    JSON.parse(payload);
  } catch (cause) {
    const message = `Could not parse request body into json: ${(cause as Error).message}`;
    throw new AwsError("InvalidRequestContentException", message, 400, { Type: "User" });
  }
}
