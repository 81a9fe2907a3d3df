import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { exit, Failure } from "../src/failure.ts";
import { note, print } from "../src/terminal.ts";
import { Bench, type Limit, type Trial } from "./bench.ts";
import { draw, type Mutant, mutantsOf } from "./mutant.ts";
import { mutatedFiles } from "./mutated.ts";
import { readArguments, wrongArguments } from "./survivors.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface MutantsFlags {
  readonly count: number;
  readonly seed: number;
  readonly json?: true;
}

/** The least share of mutants that must be killed. */
const leastKilled = 0.95;

interface Tried {
  readonly mutant: Mutant;
  readonly trial: Trial;
}

/**
 * `mutants`: small changes of the source, each of which must make a behaviour go wrong.
 * @param words only mutants whose key holds one of these; arguments for others are left alone
 * @returns its exit code
 */
export async function mutantsCommand({ count, seed, json }: MutantsFlags, ...words: string[]): Promise<number> {
  const beganMs = performance.now();
  const files = mutatedFiles(root);
  const all = (await Promise.all(files.map((file) => mutantsOf(file, readFileSync(join(root, file), "utf8"))))).flat();
  const drawn = draw(all, count, seed).filter(
    ({ key }) => words.length === 0 || words.some((word) => key.includes(word)),
  );
  note(`${all.length} mutants in ${files.length} files, ${drawn.length} of them drawn by seed ${seed}\n`);
  const tried = await tryAll(drawn);

  const survivors = tried.filter(({ trial }) => trial.killedBy === undefined).map(({ mutant }) => mutant);
  const killed = tried.filter(({ trial }) => trial.killedBy !== undefined);
  const drawnByDefault = words.length === 0 && seed === 1;
  const given = readArguments();
  const relevant = Object.entries(given).filter(([key]) => drawnByDefault || drawn.some((each) => each.key === key));
  const wrong = wrongArguments(
    Object.fromEntries(relevant),
    survivors.map(({ key }) => key),
    killed.map(({ mutant }) => mutant.key),
  );
  const isGreen = wrong.length === 0 && killed.length >= leastKilled * tried.length;
  if (json)
    print(`${JSON.stringify({ verdict: isGreen ? "valid" : "invalid", results: tried.map(inJson) }, null, 2)}\n`);
  else print(render(tried, survivors, given));
  for (const each of wrong) note(`${each}\n`);
  note(`${((performance.now() - beganMs) / 1000).toFixed(0)} s\n`);
  return isGreen ? exit.valid : exit.invalid;
}

const inJson = ({ mutant: { key, file, line }, trial: { killedBy, why } }: Tried) => ({
  key,
  file,
  line,
  killedBy,
  why,
});

function render(
  tried: readonly Tried[],
  survivors: readonly Mutant[],
  given: Readonly<Record<string, string>>,
): string {
  const by = Map.groupBy(tried, ({ trial }) => trial.killedBy ?? "nothing");
  const share = (100 * (tried.length - survivors.length)) / tried.length;
  return [
    `${tried.length} mutants, ${tried.length - survivors.length} killed (${share.toFixed(1)} %)`,
    ...[...by].map(([killer, { length }]) => `  ${length} by ${killer}`),
    ...survivors.flatMap(({ key, file, line, original, replacement }) => [
      `${file}:${line} survived: ${original} became ${replacement}`,
      `  ${given[key] ?? `no argument: ${key}`}`,
    ]),
    "",
  ].join("\n");
}

/** Tries mutants on every core. */
async function tryAll(mutants: readonly Mutant[]): Promise<Tried[]> {
  const benches = Array.from({ length: availableParallelism() }, () => new Bench());
  try {
    const { limit, known } = await unchanged(benches[0]!);
    const queue = mutants.values();
    const tried: Tried[] = [];
    await Promise.all(
      benches.map(async (bench) => {
        for (const mutant of queue) {
          const trial = await bench.try(mutant, limit, known);
          tried.push({ mutant, trial });
          note(`${tried.length}/${mutants.length} ${mutant.file}:${mutant.line} ${outcomeOf(trial)}\n`);
        }
      }),
    );
    return tried;
  } finally {
    for (const bench of benches) await bench.close();
  }
}

const outcomeOf = ({ killedBy, why }: Trial): string =>
  killedBy === undefined ? "SURVIVED" : `killed by ${killedBy}: ${why}`;

/**
 * What the source does wrong as it is, which kills no mutant, and how long a behaviour may take.
 * @throws Failure where it does not come to an end
 */
async function unchanged(bench: Bench): Promise<{ readonly limit: Limit; readonly known: readonly string[] }> {
  const { said, killedBy, why } = await bench.try(undefined, () => Infinity);
  const took = new Map(said.map(({ behaviour, cpuMs }) => [behaviour, cpuMs]));
  if (!took.has("matrix")) {
    const next = "pnpm test, which says more";
    throw new Failure(`the source as it is fails in ${killedBy}: ${why}`, { exitCode: exit.unknown, next });
  }
  const known = said.flatMap(({ wrong }) => wrong);
  const times = [...took].map(([behaviour, cpuMs]) => `${behaviour} ${(cpuMs / 1000).toFixed(1)} s`).join(", ");
  note(`the source as it is takes ${times} of a core; ${known.length} things wrong with it kill no mutant\n`);
  return { limit: (behaviour) => 10_000 + 3 * (took.get(behaviour) ?? 0), known };
}
