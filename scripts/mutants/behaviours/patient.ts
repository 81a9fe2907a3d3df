import { inOrder } from "@ovsc/local";
import type { Variant } from "@ovsc/shared/variant";
import { openLocal } from "../../src/clouds/embedded.ts";
import { type Context, synthesizeThin } from "../../src/clouds/synthesize.ts";
import { Injection } from "../../src/faults/injection.ts";
import type { Fault } from "../../src/faults/plan.ts";
import { batchOf } from "../../src/orders/batches.ts";
import { scenarioNamed } from "../../src/orders/scenarios.ts";
import { placeBatch } from "../../src/runs/run-batch.ts";
import attempts from "./attempts.json" with { type: "json" };
import { ofEachVariant, type Part } from "./behaviour.ts";

const step = "ChargePayment";
const faults: Readonly<Record<string, Fault>> = {
  fails: { kind: "fail-before", dependency: "order-table", step, attempts: "every" },
  throttled: { kind: "throttle", dependency: "lambda", step, from: 0, until: 600 },
};
export const contexts: Readonly<Record<string, Context>> = {
  equal: {},
  idiomatic: { profile: "idiomatic" },
  "a short delay": { retryDelaySeconds: 2 },
};

/** When the attempts of a step begin, in seconds after the first, by variant, fault and context. */
const expected: Readonly<Record<string, readonly number[]>> = attempts;

/** A step tries again as often and as patiently as the profile of its stack says. */
export const patient = (): Part[] =>
  ofEachVariant((variant) =>
    Object.entries(contexts).flatMap(([profile, context]) =>
      Object.entries(faults).map(([what, fault]) => {
        const name = `${what}, ${profile}`;
        const wrong = async () => {
          const seconds = (await tries(variant, context, fault)).join();
          const asked = expected[`${variant.name}, ${name}`] ?? [];
          return seconds === asked.join() ? [] : [`tried after ${seconds} s instead of ${asked.join()} s`];
        };
        return { name, wrong };
      }),
    ),
  );

/** @returns when each attempt of the step began, in whole seconds after the first */
async function tries(variant: Variant, context: Context, fault: Fault): Promise<number[]> {
  const began: number[] = [];
  const injection = new Injection([fault]);
  const deployment = await openLocal(variant, {
    assembly: await synthesizeThin(variant, context),
    thin: true,
    repeatable: true,
    choices: inOrder,
    faults: injection,
    onHappening(happening) {
      const struck = happening.type === "Fault" && happening.where.includes(step);
      const started = happening.type === "InvocationStarted" && happening.functionName.includes(step);
      if (struck || started) began.push(happening.atMs);
    },
  });
  await placeBatch(batchOf(scenarioNamed("happy", "pnpm mutants"), ""), deployment);
  return [...new Set(began.map((atMs) => Math.round((atMs - began[0]!) / 1000)))];
}
