import type { Answer } from "../test-tokens.ts";
import type { Key, Table } from "./table.ts";

/**
 * One request to a simulated service over a network that loses what the answer's `lost` says. The service enters `row`
 * in its ledger, once for each key.
 * @returns the entry that stands under the key: this one, or an earlier one
 * @throws what `timedOut` makes, when the request or the answer was lost
 */
export async function converse<Entry extends Key>(
  table: Table,
  answer: Answer | undefined,
  row: Entry,
  timedOut: () => Error,
): Promise<Entry> {
  if (answer?.lost === "every request") throw timedOut();
  if (answer?.lost === "first request") {
    const before = await table.putOnce({ pk: row.pk, sk: `LOST#${row.sk}` });
    if (!before) throw timedOut();
  }
  const before = await table.putOnce(row);
  if (answer?.lost === "every answer" || (answer?.lost === "first answer" && !before)) throw timedOut();
  return before ?? row;
}
