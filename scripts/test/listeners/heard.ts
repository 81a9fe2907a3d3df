import { type Faults, type Happening, inOrder } from "@ovsc/local";
import type { Variant } from "@ovsc/shared/variant";
import { openLocal } from "../../src/clouds/embedded.ts";
import { judge, type Judgement } from "../../src/judgement/judge.ts";
import { batchOf } from "../../src/orders/batches.ts";
import { scenarioNamed } from "../../src/orders/scenarios.ts";
import { runBatch } from "../../src/runs/run-batch.ts";

export interface Heard {
  readonly judgement: Judgement;
  readonly deadLetters: number;
  readonly happenings: readonly Happening[];
  /** What stands in a table in the end, by a part of the table's name. */
  readonly items: (table: string) => Record<string, unknown>[];
}

/** Runs a scenario in a cloud of its own. @param assembly with the thin SDK, or as it is deployed */
export async function hear(
  variant: Variant,
  bundle: { readonly assembly: string; readonly thin: boolean },
  { scenario, faults = {} }: { readonly scenario: string; readonly faults?: Faults },
): Promise<Heard> {
  const happenings: Happening[] = [];
  const onHappening = (happening: Happening) => void happenings.push(happening);
  const deployment = await openLocal(variant, { ...bundle, choices: inOrder, faults, onHappening });
  const batch = batchOf(scenarioNamed(scenario, "a test"), "");
  const outcome = await runBatch(batch, deployment);
  return {
    judgement: judge(batch, { [variant.name]: outcome }),
    deadLetters: outcome.deadLetters,
    happenings,
    items(table) {
      const rows = new Map<string, Record<string, unknown>>();
      for (const each of happenings)
        if (each.type === "ItemChanged" && each.table.includes(table))
          rows.set(JSON.stringify(each.keys), plain(each.newImage as Item));
      return [...rows.values()];
    },
  };
}

/** DynamoDB's own JSON: texts and numbers are all that listeners keep. */
type Item = Readonly<Record<string, { readonly S?: string; readonly N?: string }>>;

const plain = (item: Item): Record<string, unknown> =>
  Object.fromEntries(Object.entries(item).map(([name, { S, N }]) => [name, S ?? Number(N)]));
