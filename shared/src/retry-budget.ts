import type { GreaterThanOrEqual, LessThanOrEqual } from "type-fest";

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
  readonly jitterStrategy: "FULL" | "NONE";
}) => budget;

const asLambdaRetriesFunctionErrors = retrier({
  intervalSeconds: 60,
  maxAttempts: 2,
  backoffRate: 2,
  jitterStrategy: "FULL",
});

/**
 * How often a failing step is tried again, and how patiently, by class of failure. What Lambda's queue cannot but do is
 * what the state machine, which could do anything, is given too.
 */
export const retryBudget = {
  /** The function threw, or ran out of time. */
  functionError: {
    lambda: { maximumRetryAttempts: 2 } satisfies FunctionErrorRetries,
    stepFunctions: asLambdaRetriesFunctionErrors,
  },
  /** Lambda had no room for the invocation, or failed itself. In the state machine this uses up the same attempts. */
  throttle: {
    lambda: eventAge({ maximumEventAgeSeconds: 3_600 }),
    stepFunctions: asLambdaRetriesFunctionErrors,
  },
  /** EventBridge could not hand an event to the target of a rule. */
  targetDelivery: {
    eventBridge: ruleTarget({ maximumRetryAttempts: 185, maximumEventAgeSeconds: 86_400 }),
  },
} as const;

/** In seconds. A task waits longer than the function runs, so that Lambda's own answer is the one that is heard. */
export const timeouts = { function: 10, task: 30, execution: 3_600 } as const;
