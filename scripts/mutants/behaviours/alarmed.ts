import type { Faults, Happening } from "@ovsc/local";
import type { Variant } from "@ovsc/shared/variant";
import { synthesizeThin, templateOf } from "../../src/clouds/synthesize.ts";
import { batchOf } from "../../src/orders/batches.ts";
import { scenarioNamed } from "../../src/orders/scenarios.ts";
import { runBatch } from "../../src/runs/run-batch.ts";
import { alarming, sweepThatFails } from "../../test/sweeping/alarming.ts";
import { alarmsOff } from "../../test/sweeping/alarms.ts";
import { ofEachVariant, open, type Part } from "./behaviour.ts";

/** A person hears of what went wrong beyond the budget, and of nothing else. */
export const alarmed = (): Part[] =>
  ofEachVariant((variant) => [
    {
      name: "nothing",
      async wrong() {
        const run = await opened(variant);
        const off = [...(await run("happy")), ...(await run("declined")), ...(await run("out-of-stock"))];
        return off.map((alarm) => `${alarm} went off`);
      },
    },
    ...[sweepThatFails(variant.name), ...alarming.filter((each) => each.variant === variant.name)].map(
      ({ title, scenario, faults, alarms }) => ({
        name: title,
        async wrong() {
          const off = new Set(await (await opened(variant, faults()))(scenario));
          return alarms.filter((alarm) => !off.has(alarm)).map((alarm) => `${alarm} did not go off`);
        },
      }),
    ),
  ]);

/** A cloud of its own. @returns what runs a scenario there, and says which alarms went off in it */
async function opened(variant: Variant, faults: Faults = {}): Promise<(name: string) => Promise<string[]>> {
  const happenings: Happening[] = [];
  const template = templateOf(variant, await synthesizeThin(variant));
  const onHappening = (happening: Happening) => happenings.push(happening);
  const deployment = await open(variant, { sweeper: "on", onHappening, faults });
  return async (name) => {
    await runBatch(batchOf(scenarioNamed(name, "pnpm mutants"), ""), deployment);
    return alarmsOff(template, happenings.splice(0));
  };
}
