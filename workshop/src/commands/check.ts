import { counted, exit, note, print } from "@ovsc/scripts";
import { Compiler } from "../check/compiler.ts";
import { judgePlace, type Standing } from "../check/judge-place.ts";
import { tell, tellFootprint } from "../check/tell.ts";
import { learnersCopy } from "../copy/learners-copy.ts";
import { statesOf } from "../lab/states.ts";
import { type Place, placeIn } from "../progress/progress.ts";
import { difference } from "../source/patch.ts";
import { readTree } from "../source/tree.ts";

/** `lab check [N]`: whether the copy does what the lab asks for. @returns its exit code */
export async function checkCommand({ json }: { readonly json?: true }, word?: string): Promise<number> {
  const place = placeIn(learnersCopy, word);
  const compiler = new Compiler(learnersCopy);
  const standing = await judgePlace(place, { compiler, soFar }).finally(() => compiler.close());
  if (json) print(`${JSON.stringify({ lab: place.lab.slug, ...inJson(standing) }, null, 2)}\n`);
  else print(tell(placeIn(learnersCopy, word), standing));
  if (standing.kind === "passed" && !json) note(footprints(place));
  return exitOf(standing);
}

/** What is said between the two halves of a check. */
export const soFar = (first: number, more: number): void =>
  note(`right so far, by ${counted(first, "seed")}: ${more} more follow\n`);

/** Of the learner's change and of the reference. */
export function footprints({ lab }: Place): string {
  const { start, solution } = statesOf(lab);
  const own = difference(start, readTree(learnersCopy));
  const reference = difference(start, solution);
  return reference === "" ? "" : `your change: ${tellFootprint(own)}\nours: ${tellFootprint(reference)}\n`;
}

const exitOf = ({ kind }: Standing): number =>
  kind === "passed" ? exit.valid : kind === "not run" ? exit.unknown : exit.invalid;

function inJson(standing: Standing): object {
  if (standing.kind !== "broken") return standing;
  const { variant, batch, seed, broken } = standing.first;
  return { kind: standing.kind, variant, scenario: batch.name, seed, ...broken };
}
