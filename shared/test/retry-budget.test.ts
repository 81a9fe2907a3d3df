import { describe, expect, test } from "vitest";
import { delaysOf, eventAge, profileNamed, retrier, retryBudgets, ruleTarget } from "../src/index.ts";

describe("the retry budget", () => {
  test("gives the state machine Lambda's delays between the tries of a function, in the equal profile", () => {
    const { lambda, stepFunctions } = retryBudgets.equal.functionError;
    expect(delaysOf(stepFunctions)).toEqual([60, 120].slice(0, lambda.maximumRetryAttempts));
  });

  test("lets Lambda try a failing function as often in every profile", () => {
    const tries = Object.values(retryBudgets).map(({ functionError }) => functionError.lambda);
    expect(new Set(tries.map(({ maximumRetryAttempts }) => maximumRetryAttempts))).toEqual(new Set([2]));
  });

  test("has no profile but those with a name", () => {
    expect(profileNamed("idiomatic")).toBe("idiomatic");
    expect(() => profileNamed("patient")).toThrow('unknown profile "patient": there are equal and idiomatic');
  });

  // tsc checks what follows: an error that is expected and missing is an error itself.
  test("does not compile where AWS would refuse it", () => {
    const least = { intervalSeconds: 1, maxAttempts: 0, backoffRate: 1, jitterStrategy: "NONE" } as const;
    const refused = [
      // @ts-expect-error: Lambda keeps an event 60 s at least
      eventAge({ maximumEventAgeSeconds: 59 }),
      // @ts-expect-error: and six hours at most
      eventAge({ maximumEventAgeSeconds: 21_601 }),
      // @ts-expect-error: EventBridge tries 185 times more at most
      ruleTarget({ maximumRetryAttempts: 186, maximumEventAgeSeconds: 60 }),
      // @ts-expect-error: for a day at most
      ruleTarget({ maximumRetryAttempts: 0, maximumEventAgeSeconds: 86_401 }),
      // @ts-expect-error: Step Functions waits 1 s at least
      retrier({ ...least, intervalSeconds: 0 }),
      // @ts-expect-error: and never less from try to try
      retrier({ ...least, backoffRate: 0.5 }),
      // @ts-expect-error: a number of attempts is not negative
      retrier({ ...least, maxAttempts: -1 }),
    ];
    const allowed = [
      eventAge({ maximumEventAgeSeconds: 60 }),
      eventAge({ maximumEventAgeSeconds: 21_600 }),
      ruleTarget({ maximumRetryAttempts: 0, maximumEventAgeSeconds: 86_400 }),
      retrier({ ...least, backoffRate: 1.5 }),
    ];
    expect([refused.length, allowed.length]).toEqual([7, 4]);
  });
});
