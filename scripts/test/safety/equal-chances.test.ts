import { variant as choreography } from "@ovsc/choreography";
import { type Choices, inOrder, seeded } from "@ovsc/local";
import { variant as orchestration } from "@ovsc/orchestration";
import { profiles, type StepName, stepNames } from "@ovsc/shared";
import { withoutBundling } from "@ovsc/shared/bundle-options";
import { resourcesOf, stepsIn, type Template, textOf, type Variant } from "@ovsc/shared/variant";
import { describe, expect, test } from "vitest";
import { openLocal } from "../../src/clouds/embedded.ts";
import { synthesizeThin, synthesizeWithoutCode, templateOf } from "../../src/clouds/synthesize.ts";
import { drawOrders, stockFor } from "../../src/orders/draw-orders.ts";
import { runBatch } from "../../src/runs/run-batch.ts";
import { pair as variants } from "../../src/variants.ts";
import { isWhole } from "../family.ts";

/** Seconds from a step's first failed attempt to the start of its last one, where no attempt takes any time. */
type Patience = Readonly<Record<"functionError" | "throttle", number>>;

describe("a failing step", () => {
  test("has the same time in both variants, from its first failed attempt to the start of its last one", async () => {
    const queue = inLambdasQueue(templateOf(choreography, await synthesizeWithoutCode(choreography)));
    const retriers = inRetriers(templateOf(orchestration, await synthesizeWithoutCode(orchestration)));
    expect(Object.keys(queue).toSorted()).toEqual([...stepNames].toSorted());
    expect(retriers).toEqual(queue);
    expect(queue["ChargePayment"]).toEqual({ functionError: 180, throttle: 3_511 });
  });

  test("has hours from Lambda and seconds from Step Functions in the idiomatic profile", async () => {
    const context = { profile: "idiomatic" } as const;
    const choreographed = templateOf(choreography, await synthesizeWithoutCode(choreography, context));
    const retriers = inRetriers(templateOf(orchestration, await synthesizeWithoutCode(orchestration, context)), "FULL");
    for (const step of stepNames) {
      expect(inLambdasQueue(choreographed)[step]).toEqual({ functionError: 180, throttle: 21_511 });
      // Full jitter draws each wait between nothing and this.
      expect(retriers[step]).toEqual({ functionError: 1 + 2 + 4, throttle: 2 + 4 + 8 + 16 + 32 + 64 });
    }
    // The sweeper's schedule has no pattern.
    type EventBridgeRule = { readonly EventPattern?: object; readonly Targets: readonly { RetryPolicy?: object }[] };
    const targets = resourcesOf<EventBridgeRule>(choreographed, "AWS::Events::Rule").flatMap(
      ({ EventPattern, Targets }) => (EventPattern ? Targets : []),
    );
    expect(targets).not.toEqual([]);
    for (const { RetryPolicy } of targets)
      expect(RetryPolicy).toEqual({ MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 });
  });

  test.each(profiles)(
    "meets the end of its %s budgets before the execution's timeout, which runs no Catch",
    async (profile) => {
      const template = templateOf(orchestration, await synthesizeWithoutCode(orchestration, { profile }));
      const { TimeoutSeconds } = definitionIn(template);
      const budgets = Object.values(inRetriers(template, profile === "equal" ? "NONE" : "FULL")).map(
        ({ functionError, throttle }) => functionError + throttle,
      );
      expect(TimeoutSeconds).toBeGreaterThan(budgets.reduce((sum, each) => sum + each, 0));
    },
  );
});

describe.each(variants)("the $name", (variant) => {
  test("names the profile of its retries, and refuses one that there is not", async () => {
    for (const profile of profiles) {
      const { Outputs } = templateOf(variant, await synthesizeWithoutCode(variant, { profile }));
      expect(Outputs?.["RetryProfile"]?.Value).toBe(profile);
    }
    const context = { ...withoutBundling, profile: "patient" };
    await expect(variant.app({ context })).rejects.toThrow('unknown profile "patient"');
  });
});

describe("an outage of the table for 120 s", () => {
  test("ends alike in both variants, whatever the order of delivery", async () => {
    const ends = await Promise.all(variants.map((variant) => endsAfterOutage(variant, isWhole ? 12 : 4)));
    expect(ends[0]).toContain("SHIPPED");
    expect(ends[1]).toEqual(ends[0]);
  });
});

/**
 * A function error is retried after 60 s and again after 120 s, a throttle after 1 s doubling to 300 s until the event
 * is too old. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html (2026-11-21)
 */
function inLambdasQueue(template: Template): Record<string, Patience> {
  interface Config {
    readonly FunctionName: unknown;
    readonly MaximumRetryAttempts: number;
    readonly MaximumEventAgeInSeconds: number;
  }
  const patienceOf = (config: Config): Patience => {
    let throttle = 0;
    for (let delay = 1; throttle + delay < config.MaximumEventAgeInSeconds; delay = Math.min(300, 2 * delay))
      throttle += delay;
    return { functionError: sum([60, 120].slice(0, config.MaximumRetryAttempts)), throttle };
  };
  return Object.fromEntries(
    resourcesOf<Config>(template, "AWS::Lambda::EventInvokeConfig").flatMap((config) => {
      const [step] = stepsIn(config.FunctionName, template);
      return (stepNames as readonly string[]).includes(step!) ? [[step!, patienceOf(config)]] : [];
    }),
  );
}

interface Retry {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds: number;
  readonly MaxAttempts: number;
  readonly BackoffRate: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy: string;
}

function inRetriers(template: Template, jitter = "NONE"): Record<string, Patience> {
  const { States } = definitionIn(template);
  return Object.fromEntries(
    stepNames.map((step): [StepName, Patience] => {
      const { Retry } = States[step]!;
      const serviceErrors = [
        "Lambda.ClientExecutionTimeoutException",
        "Lambda.TooManyRequestsException",
        "Lambda.ServiceException",
        "Lambda.AWSLambdaException",
        "Lambda.SdkClientException",
      ].map((error) => patience(Retry, error, "NONE"));
      expect(new Set(serviceErrors).size).toBe(1);
      return [step, { functionError: patience(Retry, "Error", jitter), throttle: serviceErrors[0]! }];
    }),
  );
}

/** The first retrier that matches an error is the one that counts. */
function patience(retriers: readonly Retry[], error: string, jitter: string): number {
  const names = [error, "States.TaskFailed"];
  const retry = retriers.find(({ ErrorEquals }) => names.some((each) => ErrorEquals.includes(each)))!;
  expect(retry.JitterStrategy).toBe(jitter);
  const delays = Array.from({ length: retry.MaxAttempts }, (_, index) =>
    Math.min(retry.MaxDelaySeconds ?? Infinity, retry.IntervalSeconds * retry.BackoffRate ** index),
  );
  return sum(delays);
}

function definitionIn(template: Template) {
  const machines = resourcesOf<{ readonly DefinitionString: unknown }>(template, "AWS::StepFunctions::StateMachine");
  return JSON.parse(textOf(machines[0]!.DefinitionString)) as {
    readonly TimeoutSeconds: number;
    readonly States: Readonly<Record<string, { readonly Retry: readonly Retry[] }>>;
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** How each of so many orders ended, every one under a seed of its own and a table that is away for its first 120 s. */
async function endsAfterOutage(variant: Variant, seeds: number): Promise<(string | undefined)[]> {
  let [nowMs, endsMs, fired] = [0, 0, 0];
  let schedule: Choices = inOrder;
  const deployment = await openLocal(variant, {
    assembly: await synthesizeThin(variant),
    thin: true,
    choices: { choose: (optionCount, what) => schedule.choose(optionCount, what) },
    onHappening: ({ atMs }) => (nowMs = atMs),
    faults: {
      onAwsCall({ service }) {
        endsMs ||= nowMs + 120_000;
        if (service !== "dynamodb" || nowMs >= endsMs) return undefined;
        fired += 1;
        return "crash before";
      },
    },
  });
  const ends: (string | undefined)[] = [];
  for (let seed = 1; seed <= seeds; seed += 1) {
    [endsMs, fired] = [0, 0];
    schedule = seeded(seed);
    const order = { ...drawOrders(seed).next().value, orderId: `outage-${seed}` };
    const placements = [{ placementId: `outage-${seed}`, order }];
    const batch = { name: "outage", placements, stock: stockFor([order]) };
    const { evidence } = await runBatch(batch, deployment);
    expect(fired, `seed ${seed}`).toBeGreaterThan(1);
    ends.push(evidence[0]!.row?.status);
  }
  return ends;
}
