// A thread that tries one mutant after the other: each message is a question, and what it says last is the answer.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { setImmediate as pause } from "node:timers/promises";
import { parentPort } from "node:worker_threads";
import type { Behaviour } from "./behaviours/behaviour.ts";
import { type Switches, switchesName } from "./switches.ts";

/** Lives through behaviours with no mutant on, or tries a mutant on parts of behaviours until one goes wrong. */
export type Question =
  | { readonly module: string; readonly survey: readonly string[] }
  | {
      readonly module: string;
      readonly active: string;
      /** Whether everything must be loaded anew, with the mutant on. */
      readonly isLoadedAnew: boolean;
      /** The names of parts by their behaviour's; all parts if not given. */
      readonly parts?: Readonly<Record<string, readonly string[]>> | undefined;
      /** The digest of all templates: where they stay as they are, the mutant changes nothing. */
      readonly templates?: string;
    };

/** What a part did where no mutant is on. */
export interface SurveyedPart {
  readonly behaviour: string;
  readonly part: string;
  readonly wrong: readonly string[];
  /** The ids of the mutants that it came by. */
  readonly covered: readonly string[];
  /** Of its thread, in milliseconds. */
  readonly cpuMs: number;
}

/** Mutants that were come by before any part began, or by handlers while they were loaded; and what each part did. */
export interface Survey {
  readonly imported: readonly string[];
  readonly synthesized: readonly string[];
  readonly loaded: readonly string[];
  readonly templates: string;
  readonly parts: readonly SurveyedPart[];
}

/** Where the first thing went wrong, and what; or that the mutant changes nothing. */
export interface Verdict {
  readonly killedBy?: string;
  readonly why?: string;
  readonly isEqual?: true;
}

/**
 * A part begins; or all is done. A thread that is spoiled may not try another mutant, and one that is full had no
 * memory left, whoever took it.
 */
export type Answer =
  | { readonly begins: string }
  | { readonly survey: Survey }
  | (Verdict & { readonly isSpoiled?: true; readonly isFull?: boolean });

interface Behaviours {
  readonly behaviours: readonly Behaviour[];
  readonly assemblies: () => Promise<readonly string[]>;
}

enableCompileCache();

const switches: Switches = { active: undefined, covered: undefined, whileLoading: new Set() };
Object.assign(globalThis, { [switchesName]: switches });

const answer = (given: Answer): void => parentPort!.postMessage(given);
let current = "load";
const begin = (name: string): void => answer({ begins: (current = name) });

// What a build leaves pending may fail outside of any part. The thread is then of no more use.
for (const name of ["uncaughtException", "unhandledRejection"])
  process.on(name, (error: unknown) => answer({ killedBy: current, why: sentence(error), isSpoiled: true }));

parentPort!.on("message", (question: Question) => {
  void ("survey" in question ? surveyed(question) : tried(question)).then(answer, (error: unknown) =>
    answer({ killedBy: current, why: sentence(error) }),
  );
});

async function surveyed({ module, survey }: Extract<Question, { survey: unknown }>): Promise<{ survey: Survey }> {
  const imported = (switches.covered = new Set<string>());
  begin("load");
  const loaded = (await import(module)) as Behaviours;
  const synthesized = (switches.covered = new Set<string>());
  const templates = digestOf(await loaded.assemblies());
  const parts: SurveyedPart[] = [];
  for (const { name: behaviour, parts: partsOf } of loaded.behaviours.filter(({ name }) => survey.includes(name))) {
    switches.covered = new Set();
    for await (const { name: part, wrong } of partsOf()) {
      begin(`${behaviour}: ${part}`);
      const covered = (switches.covered = new Set());
      const began = process.threadCpuUsage();
      const seen = await wrong();
      const { user, system } = process.threadCpuUsage(began);
      parts.push({ behaviour, part, wrong: seen, covered: [...covered], cpuMs: (user + system) / 1000 });
    }
  }
  switches.covered = undefined;
  return {
    survey: {
      imported: [...imported],
      synthesized: [...synthesized],
      loaded: [...switches.whileLoading],
      templates,
      parts,
    },
  };
}

async function tried({
  module,
  active,
  isLoadedAnew,
  parts,
  templates,
}: Extract<Question, { active: unknown }>): Promise<Verdict> {
  begin("load");
  switches.active = undefined;
  const asItIs = isLoadedAnew ? undefined : ((await import(module)) as Behaviours);
  switches.active = active;
  const { behaviours, assemblies } = asItIs ?? ((await import(`${module}?${active}`)) as Behaviours);
  if (templates !== undefined && digestOf(await assemblies()) === templates) return { isEqual: true };
  for (const { name: behaviour, parts: partsOf } of behaviours) {
    const asked = parts && (parts[behaviour] ?? []);
    if (asked?.length === 0) continue;
    begin(behaviour);
    for await (const { name: part, wrong } of partsOf()) {
      if (asked && !asked.includes(part)) continue;
      begin(`${behaviour}: ${part}`);
      const [first] = await wrong();
      if (first === undefined) continue;
      // What is left pending fails now, and not while another mutant is on.
      await pause();
      await pause();
      return { killedBy: current, why: first };
    }
  }
  return {};
}

/** Of the templates in these folders. */
function digestOf(folders: readonly string[]): string {
  const hash = createHash("sha256");
  for (const folder of folders)
    for (const file of readdirSync(folder).filter((each) => each.endsWith(".template.json")))
      hash.update(readFileSync(join(folder, file)));
  return hash.digest("hex");
}

const sentence = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message.split("\n")[0]}` : String(error);
