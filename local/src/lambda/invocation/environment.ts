import type { About } from "../../agenda.ts";
import { billedBytes } from "../../billed-bytes.ts";
import type { Clock, Timer } from "../../clock.ts";
import { UnknownFeature } from "../../errors.ts";
import type { Faults } from "../../faults/faults.ts";
import { type History, noTrace } from "../../history.ts";
import type { Caller } from "../../service.ts";
import type { Watch } from "../../watch.ts";
import type { HttpResponse } from "../../wire/http.ts";
import type { Call } from "../../wire/protocol.ts";
import type { Wire } from "../../wire/wire.ts";
import type { LambdaFunction } from "../function.ts";
import { Chance } from "../runtime/chance.ts";
import { environmentVariables, logStreamName } from "../runtime/environment-variables.ts";
import { ProcessExit } from "../runtime/handler-process.ts";
import type { Handler } from "../runtime/handler-runtime.ts";
import { handlerModules, loadHandler } from "../runtime/handler-runtime.ts";
import type { Modules } from "../runtime/modules.ts";
import { createRealm, type Realm } from "../runtime/realm.ts";
import { refuseWith } from "../runtime/refusing.ts";
import { runFor, type Stray } from "../runtime/strays.ts";
import { Timers } from "../runtime/timers.ts";
import { carryOut } from "./faulty-call.ts";
import { type Invocation, handlerContext, rolePrincipal } from "./invocation.ts";
import {
  exited,
  failed,
  neverSettled,
  outOfMemory,
  type InvocationOutcome,
  succeeded,
  timedOut,
  unhandledRejection,
} from "./outcome.ts";

/** What every execution environment of a cloud shares. */
export interface Surroundings {
  readonly clock: Clock;
  readonly history: History;
  readonly region: string;
  readonly wire: Wire;
  readonly faults: Faults;
  readonly watch: Watch;
  /** Ends the run of the clock with an error that is not AWS's: what the cloud does not know, or a fault of its own. */
  readonly fail: (error: unknown) => void;
}

interface Running {
  readonly invocation: Invocation;
  readonly caller: Caller;
  readonly timeout: Timer;
  readonly ended: (outcome: InvocationOutcome) => void;
  calls: number;
}

/**
 * One execution environment: runs one invocation at a time, stays warm between them with whatever its code keeps, and
 * is gone after a timeout or a crash. https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export class Environment {
  readonly #function: LambdaFunction;
  readonly #surroundings: Surroundings;
  readonly #logStream: string;
  readonly #env: Record<string, string>;
  readonly #timers: Timers;
  readonly #modules: Modules;
  readonly #realm: Realm;
  readonly #stray: Stray = {
    uncaught: (error) => this.#end(this.#thrown(error, true)),
    unhandledRejection: (reason) => this.#end(this.#rejected(reason)),
  };
  #handler: Handler | undefined;
  #running: Running | undefined;
  /** The invocation that lines and calls belong to: the running one, or the last. */
  #last: Running | undefined;
  #pendingCalls = 0;
  #gone = false;
  /** Changes when it is revived: whatever was under way before belongs to another environment. */
  #life = 0;
  /** It was stopped by a supervisor: from there on none of its code runs. */
  #stopped = false;
  #isStruck = false;
  /** Answers that came while the environment was frozen. */
  readonly #held: (() => void)[] = [];

  /**
   * @param seed of what is random in it, 32 bits
   * @param jitter whether Math.random is too; it is 0 otherwise
   */
  constructor(
    lambdaFunction: LambdaFunction,
    surroundings: Surroundings,
    { seed, jitter }: { seed: number; jitter: boolean },
  ) {
    const { clock, region, wire } = surroundings;
    // Of the function as it is now: its code and settings may be others while this one still runs.
    this.#function = { ...lambdaFunction };
    this.#surroundings = surroundings;
    this.#logStream = logStreamName(clock.nowMs, lambdaFunction, seed);
    const chance = new Chance(seed);
    const refuse = refuseWith(surroundings.fail);
    this.#realm = createRealm(clock, jitter ? chance.random : () => 0, refuse);
    this.#env = this.#realm.object(environmentVariables(lambdaFunction, region, this.#logStream));
    this.#timers = new Timers(
      clock,
      (callback) => this.#enter(callback),
      () => ({ what: "other", timerOf: lambdaFunction.name, payload: this.#last?.invocation.payload }),
    );
    this.#modules = handlerModules({
      codeFolder: lambdaFunction.properties.codeFolder,
      env: this.#env,
      realm: this.#realm,
      clock,
      timers: this.#timers,
      chance,
      sink: {
        logging: lambdaFunction.properties.logging ?? { format: "Text" },
        nowIso: () => new Date(clock.nowMs).toISOString(),
        requestId: () => this.#requestId,
        line: (line) => this.#log(line),
      },
      send: (request, answer) => this.#send(() => wire.read(request), answer),
      call: (call, answer) => this.#send(() => call, answer),
      refuse,
      onExit: (code) => this.#end(exited(this.#requestId, code === 0 ? undefined : `exit status ${code}`)),
    });
  }

  /** True where the handler has not ended, and waits neither for a call nor for a timer. */
  get #waitsForNothing(): boolean {
    return this.#running !== undefined && !this.#stopped && this.#pendingCalls === 0 && !this.#timers.pending;
  }

  /**
   * Ends a handler that waits for nothing that could still come. To be asked when all microtasks have run.
   * @returns whether it did
   */
  endIfStuck(): boolean {
    if (!this.#waitsForNothing) return false;
    this.#end(neverSettled());
    return true;
  }

  get #requestId(): string {
    return this.#last?.invocation.requestId ?? "";
  }

  /** Runs the handler once. `ended` is called once, when it returned, failed, timed out or crashed. */
  run(invocation: Invocation, ended: (outcome: InvocationOutcome) => void): void {
    const { clock } = this.#surroundings;
    const { requestId, trace } = invocation;
    const deadlineMs = clock.nowMs + this.#function.timeoutMs;
    const running: Running = {
      invocation,
      caller: {
        principal: rolePrincipal(this.#function),
        trace: { correlationId: trace.correlationId, causationId: requestId },
      },
      timeout: clock.schedule(
        this.#function.timeoutMs,
        () => this.#end(timedOut(requestId, this.#function.timeoutMs)),
        () => ({
          what: "invocation",
          functionName: this.#function.name,
          requestId,
          attempt: invocation.attempt,
          payload: invocation.payload,
        }),
      ),
      ended,
      calls: 0,
    };
    this.#running = this.#last = running;
    this.#env["_X_AMZN_TRACE_ID"] =
      `Root=1-${requestId.slice(0, 8)}-${requestId.replaceAll("-", "").slice(8)};Sampled=0`;
    this.#timers.thaw();
    for (const deliver of this.#held.splice(0)) this.#enter(deliver);
    // Code left over from an earlier invocation may have thrown just now.
    if (this.#running !== running) return;
    const context = this.#realm.object(
      handlerContext(this.#function, requestId, this.#logStream, () => deadlineMs - clock.nowMs),
    );
    void this.#call(invocation.payload, context).then((outcome) => {
      if (outcome && this.#running === running) this.#end(outcome);
    });
  }

  /** @returns undefined where a supervisor had it stopped */
  async #call(payload: string, context: object): Promise<InvocationOutcome | undefined> {
    if (!this.#mayEnter()) return undefined;
    let handler: Handler;
    try {
      handler = this.#handler ??= runFor(this.#stray, () => this.#load());
    } catch (error) {
      return this.#thrown(error, true);
    }
    try {
      const promise = runFor(this.#stray, () => handler(this.#realm.parse(payload), context));
      if (typeof (promise as PromiseLike<unknown> | undefined)?.then !== "function") {
        throw new UnknownFeature("a handler that returns no promise", this.#function.name);
      }
      return succeeded(await promise, this.#realm);
    } catch (error) {
      // Node's runtime takes nothing thrown for the text "handled".
      return this.#thrown(error ?? "handled", false);
    }
  }

  /** False where a supervisor had to stop the environment's code when it last got control here. */
  #mayEnter(): boolean {
    if (this.#stopped) return false;
    const ended = this.#surroundings.watch.enter(this.#function.name);
    if (!ended) return true;
    this.#stopped = true;
    this.#timers.discard();
    if (ended === "out of memory") this.#end(outOfMemory(this.#requestId));
    return false;
  }

  /** Runs code of the environment that a timer or an answer wakes. */
  #enter(code: () => void): void {
    if (!this.#mayEnter()) return;
    try {
      runFor(this.#stray, code);
    } catch (error) {
      this.#stray.uncaught(error);
    }
  }

  /** A `process.exit` has ended the invocation already; anything else thrown is the handler's error. */
  #thrown(error: unknown, fatal: boolean): InvocationOutcome {
    if (error instanceof ProcessExit) return exited(this.#requestId, `exit status ${error.code}`);
    if (error instanceof UnknownFeature) this.#surroundings.fail(error);
    return failed(error, fatal);
  }

  #rejected(reason: unknown): InvocationOutcome {
    if (reason instanceof ProcessExit || reason instanceof UnknownFeature) return this.#thrown(reason, true);
    return unhandledRejection(reason);
  }

  #load(): Handler {
    const handler = loadHandler(this.#modules, this.#function.properties.handler);
    if (handler.length > 2) throw new UnknownFeature("a handler that takes a callback", this.#function.name);
    return handler;
  }

  #end(outcome: InvocationOutcome): void {
    const running = this.#running;
    if (!running) {
      // Code left over from an earlier invocation threw or exited.
      if (outcome.fatal) this.#gone = true;
      return;
    }
    this.#running = undefined;
    running.timeout.cancel();
    if (outcome.fatal) {
      this.#gone = true;
      this.#timers.discard();
    } else this.#timers.freeze();
    running.ended(outcome);
  }

  /** Ends what runs in it, without a word to whoever invoked it. */
  abandon(): void {
    this.#running = undefined;
    this.#gone = true;
    this.#timers.discard();
  }

  /**
   * Starts it anew after it is gone, with the modules it loaded: what they keep outlives it, as nothing does on AWS.
   * @returns whether it could be
   */
  revive(): boolean {
    if (this.#stopped || !this.#handler) return false;
    this.#gone = false;
    this.forget();
    return true;
  }

  /** Drops whatever is left of earlier invocations: timers, and answers that came while it was frozen or still may. */
  forget(): void {
    this.#life += 1;
    this.#last = undefined;
    this.#pendingCalls = 0;
    this.#held.length = 0;
    this.#timers.discard();
  }

  /** True once the environment can run nothing more. */
  get gone(): boolean {
    return this.#gone;
  }

  /** True once a fault befell a call: the SDK counts its retries in the environment, and soon makes fewer. */
  get isStruck(): boolean {
    return this.#isStruck;
  }

  #log(line: string): void {
    if (this.#gone) return;
    this.#surroundings.history.record(this.#last?.caller.trace ?? noTrace, {
      type: "Log",
      functionName: this.#function.name,
      requestId: this.#requestId,
      line,
      bytes: billedBytes(line),
    });
  }

  /**
   * Sends a request of the handler. It arrives by way of the clock, so that choices may let other handlers come
   * first.
   */
  #send<Answer>(read: () => Call<Answer>, answer: (outcome: Answer | HttpResponse | Error) => void): void {
    const running = this.#last;
    if (this.#gone || !running) return;
    const index = running.calls;
    running.calls += 1;
    this.#pendingCalls += 1;
    const life = this.#life;
    const arrive = () =>
      this.#arrive(running, index, read, (outcome) => {
        if (this.#gone || life !== this.#life) return;
        this.#pendingCalls -= 1;
        if (this.#running) this.#enter(() => answer(outcome));
        else this.#held.push(() => answer(outcome));
      });
    this.#surroundings.clock.goOn(arrive, () => this.#aboutCall(running, read()));
  }

  #aboutCall({ invocation, caller }: Running, { service, operation, input }: Call<unknown>): About {
    const { name: functionName } = this.#function;
    const { requestId } = invocation;
    const { correlationId } = caller.trace;
    return { what: "call", late: false, functionName, requestId, correlationId, service, operation, input };
  }

  #arrive<Answer>(
    running: Running,
    index: number,
    read: () => Call<Answer>,
    answer: (outcome: Answer | HttpResponse | Error) => void,
  ): void {
    const { wire, fail } = this.#surroundings;
    let call: Call<Answer>;
    try {
      call = read();
    } catch (error) {
      answer(wire.refuse(error));
      return;
    }
    const { requestId, attempt } = running.invocation;
    const onFault = () => (this.#isStruck = true);
    const from = { functionName: this.#function.name, requestId, attempt, indexInInvocation: index };
    const life = this.#life;
    void carryOut(this.#surroundings, running.caller, call, from, onFault).then((outcome) => {
      if (outcome !== "crashed") answer(outcome);
      else if (life === this.#life) this.#crash();
    }, fail);
  }

  /** Takes down whatever runs now, which after a handler that did not wait for its call may be the next invocation. */
  #crash(): void {
    this.#gone = true;
    this.#end(exited(this.#requestId, "signal: killed"));
  }
}
