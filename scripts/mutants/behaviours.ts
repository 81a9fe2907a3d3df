import { isDeepStrictEqual } from "node:util";
import { type Choices, type Faults, inOrder, seeded } from "@ovsc/local";
import { isSettled } from "@ovsc/shared";
import type { Variant } from "@ovsc/shared/variant";
import { openLocal } from "../src/clouds/embedded.ts";
import { synthesizeThin } from "../src/clouds/synthesize.ts";
import { drills } from "../src/drills/drills.ts";
import { runDrill } from "../src/drills/run-drill.ts";
import { nameOf } from "../src/faults/cells.ts";
import { Matrix } from "../src/faults/matrix.ts";
import { brokenInvariants, judge } from "../src/judgement/judge.ts";
import type { Outcome } from "../src/orders/batch.ts";
import { batchOf } from "../src/orders/batches.ts";
import { scenarioNamed, scenarios } from "../src/orders/scenarios.ts";
import { runBatch } from "../src/runs/run-batch.ts";
import { pair } from "../src/variants.ts";
import { replay } from "../src/weakenings/replay.ts";
import { damageIn } from "../src/weakenings/weakening.ts";
import { weakenings } from "../src/weakenings/weakenings.ts";
import { broken, findingsOf } from "../test/judgement/broken.ts";
import { type OnAwsCall, strike } from "../test/lanes.ts";
import recorded from "../test/recorded/results.json" with { type: "json" };

/** What a build must do; `wrong` gives each thing that it does otherwise, as a sentence. */
export interface Behaviour {
  readonly name: string;
  readonly wrong: () => AsyncGenerator<string>;
}

/** The cheapest first. All run with the thin SDK. */
export const behaviours: readonly Behaviour[] = [
  { name: "judge's table", wrong: table },
  { name: "compare", wrong: compare },
  { name: "stories", wrong: stories },
  { name: "drills", wrong: drill },
  { name: "duplicates", wrong: duplicates },
  { name: "crashes", wrong: crashes },
  { name: "matrix", wrong: matrix },
];

/** An outcome that breaks a rule is found by that rule and no other. */
async function* table() {
  for (const [id, each] of Object.entries(broken)) {
    const found = [...findingsOf(each)];
    if (!isDeepStrictEqual(found, [each.finding])) yield `${id}: found ${found.join("; ") || "nothing"}`;
    if (findingsOf(each, id).size > 0) yield `${id}: another rule finds the same`;
  }
}

/** Every scenario ends as it must, alike in all variants, and takes what was recorded. */
async function* compare() {
  const clouds = await Promise.all(pair.map((variant) => open(variant)));
  for (const scenario of scenarios) {
    const batch = batchOf(scenario, "");
    const outcomes: Record<string, Outcome> = {};
    for (const cloud of clouds) outcomes[cloud.variant.name] = await runBatch(batch, cloud);
    yield* judge(batch, outcomes).findings.map(({ what }) => `${scenario.name}: ${what}`);
    const tallies: Readonly<Record<string, { readonly counts: object }>> = recorded.results.find(
      ({ name }) => name === scenario.name,
    )!.variants;
    for (const [name, { counts }] of Object.entries(outcomes)) {
      if (!isDeepStrictEqual(counts, tallies[name]!.counts)) {
        yield `${scenario.name}: the ${name} took ${JSON.stringify(counts)}`;
      }
    }
  }
}

/** The stories that show what each line of defence is for end well with all of them in place. */
async function* stories() {
  for (const weakening of weakenings) {
    for (const variant of pair.filter(({ name }) => weakening.in[name])) {
      const { findings, fired } = await replay(
        variant,
        await synthesizeThin(variant),
        damageIn(weakening, variant.name).story,
      );
      yield* findings.map(({ what }) => `${variant.name}, the story of ${weakening.name}: ${what}`);
      if (fired.includes(0)) yield `${variant.name}, the story of ${weakening.name}: a fault did not strike`;
    }
  }
}

/** Orders that were broken are brought home. */
async function* drill() {
  for (const each of drills) {
    for (const variant of pair) {
      const result = await runDrill(each, variant);
      const where = `${variant.name}, the drill ${each.name}`;
      yield* (result?.findings ?? []).map((what) => `${where}: ${what}`);
      if (result && result.end !== result.unbroken) yield `${where}: ${result.end} instead of ${result.unbroken}`;
    }
  }
}

const twice = <T>(each: readonly T[]): T[] => each.flatMap((one) => [one, one]);

/** All comes twice and in any order, and every scenario still ends as it must. */
async function* duplicates() {
  for (const variant of pair) {
    for (const seed of [1, 2, 3]) {
      const cloud = await open(variant, { choices: seeded(seed), duplicates: true });
      for (const scenario of scenarios) {
        const once = batchOf(scenario, "");
        const batch = scenario.interchangeable
          ? once
          : { ...once, placements: twice(once.placements), ends: twice(once.ends!) };
        const { findings } = judge(batch, { [variant.name]: await runBatch(batch, cloud) });
        yield* findings.map(({ what }) => `${variant.name}, ${scenario.name} twice, seed ${seed}: ${what}`);
      }
    }
  }
}

const undisturbed: OnAwsCall = () => undefined;

/** A function that crashes once changes nothing; one that crashes on every try loses nothing. */
async function* crashes() {
  for (const variant of pair) {
    let onAwsCall = undisturbed;
    const cloud = await open(variant, { faults: { onAwsCall: (call) => onAwsCall(call) } });
    let runs = 0;
    const run = async (name: string, fault: OnAwsCall) => {
      let calls = 0;
      onAwsCall = (call) => {
        calls += 1;
        return fault(call);
      };
      const batch = batchOf(scenarioNamed(name, "pnpm mutants"), `-${(runs += 1)}`);
      return { batch, outcome: await runBatch(batch, cloud), calls };
    };
    for (const name of ["shipping-refused", "declined"]) {
      const { calls } = await run(name, undisturbed);
      for (const crash of ["crash before", "crash after"] as const) {
        for (let index = 0; index < calls; index += 1) {
          const where = `${variant.name}, ${name}, ${crash} call ${index}`;
          const once = await run(name, strike(crash, index, 1));
          yield* judge(once.batch, { [variant.name]: once.outcome }).findings.map(({ what }) => `${where}: ${what}`);
          const thrice = await run(name, strike(crash, index, 3));
          yield* brokenInvariants(thrice.batch, thrice.outcome).map((what) => `${where}, three tries: ${what}`);
          const row = thrice.outcome.evidence[0]?.row;
          if (!row || !isSettled(row.status)) yield `${where}, three tries: stuck in ${row?.status}`;
        }
      }
    }
  }
}

/** Each step under each fault on every try ends as it must, alike in all variants. */
async function* matrix() {
  const each = await Matrix.open(pair);
  for (const cell of await each.cells()) {
    if (cell.extent !== "3 tries" && cell.kind !== "record-lost") continue;
    const { findings } = await each.run(cell);
    yield* findings.map(({ what }) => `${nameOf(cell)}: ${what}`);
  }
}

async function open(variant: Variant, how: { choices?: Choices; duplicates?: boolean; faults?: Faults } = {}) {
  return openLocal(variant, { assembly: await synthesizeThin(variant), thin: true, choices: inOrder, ...how });
}
