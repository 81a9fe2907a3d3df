import type { Thread } from "../execution/thread.ts";
import type { StateFailure } from "../failure.ts";
import { compileFlow } from "./data-flow.ts";
import type { Flow } from "./data-flow.ts";
import type { Fields, Language } from "./fields.ts";
import type { Link } from "./state.ts";

interface Retrier {
  readonly matches: (failure: StateFailure) => boolean;
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds: number;
  readonly jitter: boolean;
}

interface Catcher {
  readonly matches: (failure: StateFailure) => boolean;
  readonly flow: Flow;
  readonly next: Link;
}

/** In how many steps full jitter is drawn: option 0 is the whole delay, the last is none of it. */
const jitterSteps = 21;

/** No execution lasts longer, so that a back-off without MaxDelaySeconds need not grow further. */
const yearSeconds = 31_622_400;

/**
 * What a state does about errors: the first retrier that matches and has attempts left, else the first catcher.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export class Recovery {
  readonly #retriers: readonly Retrier[];
  readonly #catchers: readonly Catcher[];

  constructor(retriers: readonly Retrier[], catchers: readonly Catcher[]) {
    this.#retriers = retriers;
    this.#catchers = catchers;
  }

  /** Whether the state has Retry. */
  get retries(): boolean {
    return this.#retriers.length > 0;
  }

  /** @returns how long to wait before the next attempt, and counts it; undefined where there is none */
  retryDelayMs(failure: StateFailure, thread: Thread): number | undefined {
    const index = this.#retriers.findIndex(({ matches }) => matches(failure));
    const retrier = this.#retriers[index];
    if (!retrier) return undefined;
    thread.retries ??= this.#retriers.map(() => 0);
    const attempt = thread.retries[index]!;
    if (attempt >= retrier.maxAttempts) return undefined;
    thread.retries[index] = attempt + 1;
    const { intervalSeconds, backoffRate, maxDelaySeconds } = retrier;
    const delayMs = 1000 * Math.min(intervalSeconds * backoffRate ** attempt, maxDelaySeconds);
    if (!retrier.jitter) return delayMs;
    const step = thread.host.choices.choose(jitterSteps, "retry jitter");
    return delayMs * (1 - step / (jitterSteps - 1));
  }

  /** @returns whether a catcher took the failure and the thread goes on */
  catches(failure: StateFailure, thread: Thread): boolean {
    const catcher = this.#catchers.find(({ matches }) => matches(failure));
    if (!catcher) return false;
    // Recorded: a timeout has the empty text for a cause; what a worker left out of SendTaskFailure is null.
    const absent = failure.error === "States.Timeout" ? "" : null;
    const errorOutput = { Error: failure.error ?? null, Cause: failure.cause ?? absent };
    catcher.flow.leave(thread, errorOutput, catcher.next);
    return true;
  }
}

/** @returns undefined where the state has neither Retry nor Catch */
export function compileRecovery(state: Fields, language: Language, link: (name: string) => Link): Recovery | undefined {
  const retriers = state.list("Retry").map((fields) => compileRetrier(fields));
  const catchers = state.list("Catch").map((fields) => compileCatcher(fields, language, link));
  return retriers.length + catchers.length === 0 ? undefined : new Recovery(retriers, catchers);
}

function compileRetrier(fields: Fields): Retrier {
  fields.allow([
    "ErrorEquals",
    "IntervalSeconds",
    "MaxAttempts",
    "BackoffRate",
    "MaxDelaySeconds",
    "JitterStrategy",
    "Comment",
  ]);
  return {
    matches: compileErrorEquals(fields),
    intervalSeconds: fields.integer("IntervalSeconds", { least: 1, most: 99_999_999 }) ?? 1,
    maxAttempts: fields.integer("MaxAttempts", { least: 0, most: 99_999_999 }) ?? 3,
    backoffRate: fields.number("BackoffRate", { least: 1 }) ?? 2,
    maxDelaySeconds: fields.integer("MaxDelaySeconds", { least: 1, most: yearSeconds }) ?? yearSeconds,
    jitter: (fields.oneOf("JitterStrategy", ["FULL", "NONE"]) ?? "NONE") === "FULL",
  };
}

function compileCatcher(fields: Fields, language: Language, link: (name: string) => Link): Catcher {
  fields.allow([
    "ErrorEquals",
    "Next",
    "Comment",
    "Assign",
    ...(language === "JSONPath" ? ["ResultPath"] : ["Output"]),
  ]);
  return {
    matches: compileErrorEquals(fields),
    flow: compileFlow(fields, language, { result: "errorOutput" }),
    next: link(fields.requiredText("Next")),
  };
}

/** `States.Runtime` is beyond Retry and Catch, even by its name (recorded). */
function compileErrorEquals(fields: Fields): (failure: StateFailure) => boolean {
  const names = new Set(fields.texts("ErrorEquals"));
  if (names.size === 0) throw fields.invalid("The ErrorEquals field must not be empty", "ErrorEquals");
  if (names.has("States.ALL") && names.size > 1) throw fields.invalid("States.ALL must appear alone", "ErrorEquals");
  return ({ error, alias }) => {
    if (error === "States.Runtime") return false;
    if (names.has("States.ALL")) return true;
    if (names.has("States.TaskFailed") && error !== "States.Timeout") return true;
    return (error !== undefined && names.has(error)) || (alias !== undefined && names.has(alias));
  };
}
