import { isSettled } from "@ovsc/shared";
import type { Variant } from "@ovsc/shared/variant";
import { brokenInvariants, judge } from "../../src/judgement/judge.ts";
import { batchOf } from "../../src/orders/batches.ts";
import { scenarioNamed } from "../../src/orders/scenarios.ts";
import { runBatch } from "../../src/runs/run-batch.ts";
import { pair } from "../../src/variants.ts";
import { strike } from "../../test/lanes.ts";
import { inWords, type OnAwsCall, open, type Part } from "./behaviour.ts";

const undisturbed: OnAwsCall = () => undefined;

/** A function that crashes once changes nothing; one that crashes on every try loses nothing. */
export async function* crashed(): AsyncGenerator<Part> {
  for (const variant of pair) {
    const run = await faultyCloud(variant);
    for (const name of ["shipping-refused", "declined"]) {
      const { calls } = await run(name, undisturbed);
      for (const crash of ["crash before", "crash after"] as const) {
        for (let index = 0; index < calls; index += 1) {
          const where = `${variant.name}, ${name}, ${crash} call ${index}`;
          yield {
            name: `${where}, once`,
            async wrong() {
              const { batch, outcome } = await run(name, strike(crash, index, 1));
              return inWords(judge(batch, { [variant.name]: outcome }).findings);
            },
          };
          yield {
            name: `${where}, three tries`,
            async wrong() {
              const { batch, outcome } = await run(name, strike(crash, index, 3));
              const row = outcome.evidence[0]?.row;
              const isStuck = !row || !isSettled(row.status);
              return [...brokenInvariants(batch, outcome), ...(isStuck ? [`stuck in ${row?.status}`] : [])];
            },
          };
        }
      }
    }
  }
}

async function faultyCloud(variant: Variant) {
  let onAwsCall = undisturbed;
  const cloud = await open(variant, { onAwsCall: (call) => onAwsCall(call) });
  let runs = 0;
  return async (name: string, fault: OnAwsCall) => {
    let calls = 0;
    onAwsCall = (call) => {
      calls += 1;
      return fault(call);
    };
    const batch = batchOf(scenarioNamed(name, "pnpm mutants"), `-${(runs += 1)}`);
    return { batch, outcome: await runBatch(batch, cloud), calls };
  };
}
