import { nameOf } from "../../src/faults/cells.ts";
import { Matrix } from "../../src/faults/matrix.ts";
import { pair } from "../../src/variants.ts";
import { inWords, type Part } from "./behaviour.ts";

/** Each step under each fault on every try ends as it must, alike in all variants. */
export async function* struck(): AsyncGenerator<Part> {
  const each = await Matrix.open(pair, "equal", { repeatable: true });
  for (const cell of await each.cells()) {
    if (cell.extent !== "3 tries" && cell.kind !== "record-lost") continue;
    yield { name: nameOf(cell), wrong: async () => inWords((await each.run(cell)).findings) };
  }
}
