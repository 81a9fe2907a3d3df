import type { GreaterThanOrEqual, LessThanOrEqual } from "type-fest";
import { stepNames } from "./steps/step-names.ts";

/** `N` where it lies between the two, both included; otherwise nothing, so that it does not compile. */
type Within<N extends number, Least extends number, Most extends number> =
  GreaterThanOrEqual<N, Least> extends true ? (LessThanOrEqual<N, Most> extends true ? N : never) : never;

/** `Rate` where it is 1.0 or more. */
type AtLeastOne<Rate extends number> = `${Rate}` extends `0${string}` | `-${string}` ? never : Rate;

/**
 * What Lambda allows for an asynchronous invocation that ended in a function error or a timeout: one or two more tries,
 * which it makes after 60 s and then 120 s, whatever is asked.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html (2026-11-21)
 */
interface FunctionErrorRetries {
  readonly maximumRetryAttempts: 0 | 1 | 2;
}

/**
 * What Lambda allows for an event that is throttled, or that Lambda itself fails on: it tries again after 1 s and up to
 * 300 s, until the event is too old. The age also bounds the tries after function errors. The same page.
 */
export const eventAge = <const Age extends number>(budget: {
  readonly maximumEventAgeSeconds: Age & Within<Age, 60, 21_600>;
}) => budget;

/**
 * What EventBridge allows for a rule's target that cannot be reached.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html (2026-11-21)
 */
export const ruleTarget = <const Attempts extends number, const Age extends number>(budget: {
  readonly maximumRetryAttempts: Attempts & Within<Attempts, 0, 185>;
  readonly maximumEventAgeSeconds: Age & Within<Age, 60, 86_400>;
}) => budget;

/**
 * What Step Functions allows in a Retry.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html (2026-11-21)
 */
export const retrier = <
  const Attempts extends number,
  const Interval extends number,
  const Rate extends number,
>(budget: {
  readonly intervalSeconds: Interval & Within<Interval, 1, 99_999_999>;
  readonly maxAttempts: Attempts & Within<Attempts, 0, 99_999_999>;
  readonly backoffRate: Rate & AtLeastOne<Rate>;
  /** No wait grows longer; longer than the first where it is given. */
  readonly maxDelaySeconds?: number;
  readonly jitterStrategy: "FULL" | "NONE";
}) => budget;

/** A Retry of a Task state, as far as its waits go. */
export interface Retrier {
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds?: number;
  readonly jitterStrategy: "FULL" | "NONE";
}

/** How often a failing step is tried again, and how patiently, by class of failure. */
export interface RetryBudget {
  /** The function threw, or ran out of time. */
  readonly functionError: { readonly lambda: FunctionErrorRetries; readonly stepFunctions: Retrier };
  /** Lambda had no room for the invocation, or failed itself. Each class counts its own attempts. */
  readonly throttle: { readonly lambda: { readonly maximumEventAgeSeconds: number }; readonly stepFunctions: Retrier };
  /** EventBridge could not hand an event to the target of a rule. */
  readonly targetDelivery: {
    readonly eventBridge: { readonly maximumRetryAttempts: number; readonly maximumEventAgeSeconds: number };
  };
}

/** What Lambda does where nothing is said, and the most that it does: the same in every profile. */
const lambdasDefault: FunctionErrorRetries = { maximumRetryAttempts: 2 };

/** The retry budgets that the stacks can be synthesized with, by the name of their profile. */
export const retryBudgets = {
  /**
   * What Lambda's queue cannot but do is what the state machine, which could do anything, is given too: 60 s and 120 s
   * after function errors. For throttles the queue waits 1 s, doubling to 300 s, until the event is too old; the state
   * machine begins its last attempt when the queue does, after 511 s of doubling and ten times 300 s.
   */
  equal: {
    functionError: {
      lambda: lambdasDefault,
      stepFunctions: retrier({ intervalSeconds: 60, maxAttempts: 2, backoffRate: 2, jitterStrategy: "NONE" }),
    },
    throttle: {
      lambda: eventAge({ maximumEventAgeSeconds: 3_600 }),
      stepFunctions: retrier({
        intervalSeconds: 1,
        maxAttempts: 19,
        backoffRate: 2,
        maxDelaySeconds: 300,
        jitterStrategy: "NONE",
      }),
    },
    targetDelivery: { eventBridge: ruleTarget({ maximumRetryAttempts: 185, maximumEventAgeSeconds: 3_600 }) },
  },
  /**
   * What AWS advises for each style, or does by default. Step Functions: the defaults of a retrier, with full jitter
   * so that many executions do not come back at once; for Lambda's own errors the retrier of the best practices.
   * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html (2026-11-21)
   * https://docs.aws.amazon.com/step-functions/latest/dg/bp-lambda-serviceexception.html (2026-11-21)
   *
   * Lambda keeps an event for 6 hours and EventBridge tries a target 185 times in 24 hours, where nothing else is said.
   * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html (2026-11-21)
   * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html (2026-11-21)
   */
  idiomatic: {
    functionError: {
      lambda: lambdasDefault,
      stepFunctions: retrier({ intervalSeconds: 1, maxAttempts: 3, backoffRate: 2, jitterStrategy: "FULL" }),
    },
    throttle: {
      lambda: eventAge({ maximumEventAgeSeconds: 21_600 }),
      stepFunctions: retrier({ intervalSeconds: 2, maxAttempts: 6, backoffRate: 2, jitterStrategy: "NONE" }),
    },
    targetDelivery: { eventBridge: ruleTarget({ maximumRetryAttempts: 185, maximumEventAgeSeconds: 86_400 }) },
  },
} as const satisfies Readonly<Record<string, RetryBudget>>;

/** `equal`: as patient in one variant as in the other. `idiomatic`: as AWS advises for each style. */
export type Profile = keyof typeof retryBudgets;
export const profiles = Object.keys(retryBudgets) as readonly Profile[];

/** @throws Error for a profile that there is not */
export function profileNamed(name: unknown): Profile {
  const profile = profiles.find((each) => each === name);
  if (!profile) throw new Error(`unknown profile ${JSON.stringify(name)}: there are ${profiles.join(" and ")}`);
  return profile;
}

/** What a retrier waits before each of its attempts, in seconds; with full jitter, at the most. */
export const delaysOf = ({
  intervalSeconds,
  maxAttempts,
  backoffRate,
  maxDelaySeconds = Infinity,
}: Retrier): number[] =>
  Array.from({ length: maxAttempts }, (_, retry) => Math.min(maxDelaySeconds, intervalSeconds * backoffRate ** retry));

/** In seconds. A task waits longer than the function runs, so that Lambda's own answer is the one that is heard. */
const [functionTimeout, taskTimeout] = [10, 30];

/** In seconds. A step is not given more by one profile than by another. */
export const timeouts = { function: functionTimeout, task: taskTimeout } as const;

/** The longest that a Task state can take, in seconds: both classes of failure in full, each attempt to its end. */
const longestTask = ({ functionError, throttle }: RetryBudget): number =>
  [functionError, throttle]
    .flatMap(({ stepFunctions }) => delaysOf(stepFunctions))
    .reduce((sum, delay) => sum + delay + taskTimeout, taskTimeout);

/**
 * In seconds. An execution may take all budgets of all its steps, one after the other: its own timeout runs no Catch,
 * so it must never come first.
 */
export const executionTimeout = (budget: RetryBudget): number => stepNames.length * longestTask(budget) + 60;

/**
 * The longest that an order can rest while somebody may still move it on. The step that moved it says so until its own
 * event is too old. Then the next step, the undo that wakes when that fails, and the parking that wakes when the undo
 * fails each get their event as late as can be, and begin their last attempt as late as can be.
 * @returns seconds
 */
export function longestRest({ throttle, targetDelivery }: Pick<RetryBudget, "throttle" | "targetDelivery">): number {
  const queue = throttle.lambda.maximumEventAgeSeconds;
  return queue + 3 * (targetDelivery.eventBridge.maximumEventAgeSeconds + queue);
}
