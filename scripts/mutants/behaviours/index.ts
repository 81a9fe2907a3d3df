import { synthesizeThin } from "../../src/clouds/synthesize.ts";
import { approvalAboveCents } from "../../src/runs/approvers.ts";
import { pair } from "../../src/variants.ts";
import { alarmed } from "./alarmed.ts";
import { approved } from "./approved.ts";
import { asked } from "./asked.ts";
import { barred } from "./barred.ts";
import type { Behaviour } from "./behaviour.ts";
import { compared } from "./compared.ts";
import { crashed } from "./crashed.ts";
import { doubled } from "./doubled.ts";
import { drilled } from "./drilled.ts";
import { impatient } from "./impatient.ts";
import { judged } from "./judged.ts";
import { leftAlone } from "./left-alone.ts";
import { behaviourNames, type BehaviourName } from "./names.ts";
import { contexts, patient } from "./patient.ts";
import { rejected } from "./rejected.ts";
import { struck } from "./struck.ts";
import { swept } from "./swept.ts";
import { told } from "./told.ts";
import { unfailing } from "./unfailing.ts";

const partsOf: Readonly<Record<BehaviourName, Behaviour["parts"]>> = {
  "judge's table": judged,
  compare: compared,
  approval: approved,
  stories: told,
  drills: () => [...drilled(), ...leftAlone()],
  clients: barred,
  sweeper: swept,
  alarms: alarmed,
  questions: asked,
  retries: patient,
  failures: unfailing,
  rejections: rejected,
  duplicates: doubled,
  crashes: crashed,
  matrix: struck,
};

/** All run with the thin SDK. */
export const behaviours: readonly Behaviour[] = behaviourNames.map((name) => ({ name, parts: partsOf[name] }));

/**
 * A thread makes an assembly once, so a mutant that changes one is seen only where all are made anew: each must be
 * here.
 * @returns the folders of every cloud assembly that the behaviours run
 */
export async function assemblies(): Promise<string[]> {
  const folders: string[] = [];
  for (const variant of pair)
    for (const context of [...Object.values(contexts), { approvalAboveCents }])
      folders.push(await synthesizeThin(variant, context));
  return [...folders, await synthesizeThin(impatient, { approvalAboveCents })];
}
