import { billedBytes } from "../../billed-bytes.ts";
import { UnknownFeature } from "../../errors.ts";
import { type LambdaFunction, madeOf } from "../function.ts";
import { HostIntrinsics } from "../runtime/host-intrinsics.ts";
import { Concurrency } from "./concurrency.ts";
import { Environment, type Surroundings } from "./environment.ts";
import { faultOf, struckDown, turnDown } from "./faulty-try.ts";
import type { Invocation } from "./invocation.ts";
import type { InvocationOutcome } from "./outcome.ts";

/**
 * Of so many runs one is looked at with care, as is every one that starts an environment. What a function defines in
 * another run, so that no loop comes upon it, stays: it is taken for the host's.
 */
const lookedAtWithCare = 16;

/** How many kinds of environments are kept for a function that may come again. */
const mostKept = 100;

/** The execution environments of all functions: a warm one where there is one, else a new one. */
export class Environments {
  readonly concurrency: Concurrency;
  readonly #surroundings: Surroundings;
  readonly #seed: number;
  readonly #repeatable: boolean;
  readonly #warm = new Map<LambdaFunction, Environment[]>();
  /** By what they are made of, those of functions whose code changed since: nothing runs in them but what ran. */
  readonly #discarded = new Map<string, Environment[]>();
  /** By what they are made of, those that were warm before the functions were cleared. */
  readonly #aside = new Map<string, Environment[]>();
  readonly #running = new Map<Environment, Environment[]>();
  readonly #intrinsics = new HostIntrinsics();
  /** The functions that ran since the process's intrinsics were looked at. */
  readonly #ran = new Set<string>();
  #runs = 0;
  #isLookedAtWithCare = false;
  #count = 0;

  /**
   * @param seed of all that is random in handlers
   * @param repeatable see `CloudOptions`
   */
  constructor(
    surroundings: Surroundings,
    { seed, repeatable, concurrencyLimit }: { seed: number; repeatable: boolean; concurrencyLimit?: number },
  ) {
    this.#surroundings = surroundings;
    this.#repeatable = repeatable;
    this.#seed = seed;
    this.concurrency = new Concurrency(concurrencyLimit);
  }

  /** Ends every handler that waits for nothing that could still come; true where there was one. */
  endStuck(): boolean {
    let any = false;
    for (const environment of this.#running.keys()) if (environment.endIfStuck()) any = true;
    return any;
  }

  /**
   * Runs an invocation; `ended` is called when it ended.
   * @throws AwsError TooManyRequestsException or ServiceException, before anything has run
   */
  run(lambdaFunction: LambdaFunction, invocation: Invocation, ended: (outcome: InvocationOutcome) => void): void {
    const { name: functionName, memoryMegabytes } = lambdaFunction;
    const { requestId, attempt, asynchronous, trace } = invocation;
    const { clock, history } = this.#surroundings;
    const fault = faultOf(functionName, invocation, this.#surroundings);
    turnDown(fault);
    this.concurrency.enter(functionName);
    const warm = this.#warmOf(lambdaFunction);
    const known = warm.pop();
    const environment = known ?? this.#start(lambdaFunction);
    const started = { type: "InvocationStarted", functionName, requestId, attempt, asynchronous } as const;
    history.record(trace, { ...started, memoryMegabytes, bytes: billedBytes(invocation.payload) });
    const end = (outcome: InvocationOutcome) => {
      this.concurrency.leave(functionName);
      const error = outcome.errorType === undefined ? {} : { error: outcome.errorType };
      const bytes = billedBytes(outcome.payload);
      history.record(trace, { type: "InvocationEnded", functionName, requestId, ...error, bytes });
      ended(outcome);
    };
    const struck = struckDown(fault, requestId);
    if (struck) {
      // Its environment dies with it.
      if (this.#repeatable) warm.push(environment);
      const about = () => ({ what: "other", struckDown: functionName, payload: invocation.payload, attempt }) as const;
      clock.schedule(0, () => end(struck), about);
      return;
    }
    this.#ran.add(functionName);
    this.#running.set(environment, warm);
    environment.run(invocation, (outcome) => {
      this.#running.delete(environment);
      warm.push(environment);
      end(outcome);
      if (!known) this.#lookAfter(functionName);
    });
  }

  /** The code of a function is about to change: what is warm is used no more, and what runs is not kept. */
  discard(lambdaFunction: LambdaFunction): void {
    const warm = this.#warm.get(lambdaFunction);
    if (!warm) return;
    this.#warm.delete(lambdaFunction);
    keep(this.#discarded, madeOf(lambdaFunction), warm);
  }

  /**
   * The functions are cleared, and nothing runs. One that is made of the very same begins with the environments that
   * are there.
   */
  layAside(): void {
    for (const [made, environments] of this.#discarded) keep(this.#aside, made, environments);
    for (const [lambdaFunction, warm] of this.#warm) {
      const made = madeOf(lambdaFunction);
      keep(this.#aside, made, [...(this.#discarded.get(made) ?? []), ...warm]);
    }
    this.#warm.clear();
    this.#discarded.clear();
    this.concurrency.clear();
  }

  runBegins(): void {
    this.#isLookedAtWithCare = this.#runs % lookedAtWithCare === 0;
    this.#runs += 1;
    // What the host changed between two runs is its own affair.
    if (this.#runs === 1 || this.#isChanged) this.#intrinsics.take();
  }

  /** @throws UnknownFeature naming the functions that may have changed what belongs to the process */
  runEnds(): void {
    const refusal = this.#refusal(this.#ran);
    this.#ran.clear();
    if (refusal) throw refusal;
  }

  #warmOf(lambdaFunction: LambdaFunction): Environment[] {
    const warm = this.#warm.get(lambdaFunction) ?? this.#takeAside(lambdaFunction);
    // One that timed out or crashed is no longer there.
    while (warm.at(-1)?.gone && !(this.#repeatable && warm.at(-1)!.revive())) warm.pop();
    this.#warm.set(lambdaFunction, warm);
    return warm;
  }

  /**
   * Ends all that runs, without a word to anybody. Environments stay where they are as good as new: none that a fault
   * struck, unless runs must be repeatable, where what modules keep does not matter.
   */
  abandon(): void {
    for (const [environment, warm] of this.#running) {
      environment.abandon();
      warm.push(environment);
    }
    this.#running.clear();
    this.concurrency.leaveAll();
    for (const each of [...this.#warm.values(), ...this.#discarded.values()]) {
      for (const environment of each) environment.forget();
      if (!this.#repeatable) each.splice(0, Infinity, ...each.filter(({ gone, isStruck }) => !gone && !isStruck));
    }
  }

  #takeAside(lambdaFunction: LambdaFunction): Environment[] {
    if (this.#aside.size === 0) return [];
    const made = madeOf(lambdaFunction);
    const aside = this.#aside.get(made) ?? [];
    this.#aside.delete(made);
    return aside;
  }

  get #isChanged(): boolean {
    return this.#isLookedAtWithCare ? this.#intrinsics.changed : this.#intrinsics.shows;
  }

  /** Before an environment starts: what is otherwise by now is none of its doing. */
  #lookBefore(): void {
    const refusal = this.#refusal(this.#ran);
    if (refusal) this.#surroundings.fail(refusal);
    if (this.#isLookedAtWithCare) return;
    this.#isLookedAtWithCare = true;
    if (this.#intrinsics.changed) this.#intrinsics.take();
  }

  /** After an environment's first invocation: what loads and what initializes changes most. */
  #lookAfter(functionName: string): void {
    const refusal = this.#refusal(new Set([functionName]));
    if (refusal) this.#surroundings.fail(refusal);
  }

  /** Puts back what is otherwise than it was. @returns the refusal of it, which names who may have changed it */
  #refusal(who: ReadonlySet<string>): UnknownFeature | undefined {
    if (who.size === 0 || !this.#isChanged) return undefined;
    const changed = this.#intrinsics.restore(this.#isLookedAtWithCare);
    if (changed.length === 0) return undefined;
    return new UnknownFeature(
      `a change of the process's own ${changed.join(", ")}`,
      `the function ${[...who].join(" or ")}`,
    );
  }

  #start(lambdaFunction: LambdaFunction): Environment {
    this.#count += 1;
    this.#lookBefore();
    const seed = Math.imul(this.#seed + this.#count, 0x9e3779b1);
    return new Environment(lambdaFunction, this.#surroundings, { seed, jitter: !this.#repeatable });
  }
}

/** What was kept first goes where there are too many. */
function keep(kept: Map<string, Environment[]>, made: string, environments: Environment[]): void {
  kept.set(made, environments);
  if (kept.size > mostKept) kept.delete(kept.keys().next().value!);
}
