import { fileURLToPath } from "node:url";
import { exit, Failure } from "../src/failure.ts";
import type { Verdict } from "../src/judgement/verdict.ts";
import { note, print } from "../src/terminal.ts";
import type { Tried } from "./kept.ts";
import { type Mutant, shuffled } from "./mutant.ts";
import { Mutants } from "./run-mutants.ts";
import { type Arguments, readArguments, wrongArguments } from "./survivors.ts";
import { Unchanged } from "./unchanged.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface MutantsFlags {
  readonly count: number;
  readonly seed: number;
  readonly json?: true;
}

/** The seed for whose mutants the arguments are written. */
export const argued = { count: 320, seed: 1 };

/** The least share of mutants that must be killed. */
const leastKilled = 0.95;

interface Drawn {
  readonly mutant: Mutant;
  readonly tried: Tried;
}

/**
 * `mutants`: small changes of the source, each of which must make a behaviour go wrong.
 * @param words only mutants whose key holds one of these; arguments for others are left alone
 * @returns its exit code
 */
export async function mutantsCommand({ count, seed, json }: MutantsFlags, ...words: string[]): Promise<number> {
  const [beganMs, began] = [performance.now(), process.cpuUsage()];
  const mutants = await Mutants.open(root).catch((error: Error) => {
    const next = "pnpm test, which says more";
    throw new Failure(`the source as it is does not do what it must: ${error.message}`, {
      exitCode: exit.unknown,
      next,
    });
  });
  try {
    note(`${mutants.all.length} mutants; ${count} that change something are drawn by seed ${seed}\n`);
    const drawn = await draw(mutants, { count, seed }, words);
    const given = readArguments();
    const isArgued = words.length === 0 && seed === argued.seed && count === argued.count;
    const wrong = wrongArguments(isArgued ? given : among(given, drawn), keysOf(drawn, false), keysOf(drawn, true));
    const killed = drawn.filter(isKilled).length;
    const verdict = verdictOn({ killed, drawn: drawn.length, isArguedFor: wrong.length === 0 });
    if (json) print(`${JSON.stringify({ verdict, results: drawn.map(inJson) }, null, 2)}\n`);
    else print(render(drawn, given));
    for (const each of wrong) note(`${each}\n`);
    const { user, system } = process.cpuUsage(began);
    const seconds = [(performance.now() - beganMs) / 1000, (user + system) / 1e6].map((each) => each.toFixed(0));
    note(`${seconds[0]} s, ${seconds[1]} s of CPU time\n`);
    return exit[verdict];
  } finally {
    await mutants.close();
  }
}

/**
 * Of what was killed, by count. While a survivor has no argument nobody knows whether a run could show it, and an
 * argument for what is killed or is no mutant any more says nothing.
 */
export function verdictOn({
  killed,
  drawn,
  isArguedFor,
}: {
  readonly killed: number;
  readonly drawn: number;
  readonly isArguedFor: boolean;
}): Verdict {
  if (killed < leastKilled * drawn) return "invalid";
  return isArguedFor && drawn > 0 ? "valid" : "unknown";
}

const isKilled = ({ tried }: Drawn): boolean => tried.killedBy !== undefined;

const keysOf = (drawn: readonly Drawn[], killed: boolean): string[] =>
  drawn.filter((each) => isKilled(each) === killed).map(({ mutant }) => mutant.key);

const among = (given: Arguments, drawn: readonly Drawn[]): Arguments => {
  const keys = new Set(drawn.map(({ mutant }) => mutant.key));
  return Object.fromEntries(Object.entries(given).filter(([key]) => keys.has(key)));
};

/** Tries mutants in the order of the seed until so many that change something are tried. */
async function draw(
  mutants: Mutants,
  { count, seed }: Pick<MutantsFlags, "count" | "seed">,
  words: readonly string[],
): Promise<Drawn[]> {
  const unchanged = new Unchanged(root);
  const drawn: Drawn[] = [];
  const queue = shuffled(mutants.all, seed).values();
  while (drawn.length < count) {
    const next: Mutant[] = [];
    for (const mutant of queue) {
      if (!(await unchanged.is(mutant))) next.push(mutant);
      if (drawn.length + next.length === count) break;
    }
    if (next.length === 0) break;
    const isMeant = ({ key }: Mutant) => words.length === 0 || words.some((word) => key.includes(word));
    const meant = next.filter(isMeant);
    const tried = await mutants.try(meant, (mutant, each) => {
      note(`${mutant.file}:${mutant.line} ${outcomeOf(each)}: ${mutant.key}\n`);
    });
    drawn.push(
      ...meant
        .map((mutant) => ({ mutant, tried: tried.get(mutant.key)! }))
        .filter(({ tried: { isEqual } }) => !isEqual),
    );
    if (words.length > 0) break;
  }
  return drawn;
}

const outcomeOf = ({ isEqual, killedBy, why }: Tried): string => {
  if (isEqual) return "changes nothing";
  return killedBy === undefined ? "SURVIVED" : `killed by ${killedBy}: ${why}`;
};

const inJson = ({ mutant: { key, file, line }, tried: { killedBy, why } }: Drawn) => ({
  key,
  file,
  line,
  killedBy,
  why,
});

function render(drawn: readonly Drawn[], given: Arguments): string {
  const survivors = drawn.filter((each) => !isKilled(each));
  const by = Map.groupBy(drawn, ({ tried }) => tried.killedBy?.split(": ")[0] ?? "nothing");
  const share = (100 * (drawn.length - survivors.length)) / drawn.length;
  return [
    `${drawn.length} mutants, ${drawn.length - survivors.length} killed (${share.toFixed(1)} %)`,
    ...[...by].map(([killer, { length }]) => `  ${length} by ${killer}`),
    ...survivors.flatMap(({ mutant: { key, file, line, original, replacement } }) => [
      `${file}:${line} survived: ${original} became ${replacement}`,
      `  ${given[key] ?? `no argument: ${key}`}`,
    ]),
    "",
  ].join("\n");
}
