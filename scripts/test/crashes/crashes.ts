import { type AwsCall, inOrder } from "@ovsc/local";
import { type Evidence, isSettled, type OrderStatus, stepNames } from "@ovsc/shared";
import type { Variant } from "@ovsc/shared/variant";
import { beforeAll, describe, expect, test } from "vitest";
import { openLocal } from "../../src/clouds/embedded.ts";
import { type Befell, declaredFor } from "../../src/judgement/declared.ts";
import { brokenInvariants, judge, type Judgement } from "../../src/judgement/judge.ts";
import { batchOf } from "../../src/orders/batches.ts";
import { scenarios } from "../../src/orders/scenarios.ts";
import { runBatch } from "../../src/runs/run-batch.ts";
import { isWhole, shareOfLong } from "../family.ts";
import { onLane } from "../lanes.ts";
import { valid } from "../saga.ts";

const crashes = ["crash before", "crash after"] as const;
type Crash = (typeof crashes)[number];

/** The same in the words of a fault plan, once, and in any step. */
const killed: Befell = {
  scenario: "",
  profile: "equal",
  faults: [
    { kind: "fail-before", dependency: "table", attempts: [1] },
    { kind: "fail-after", dependency: "table", attempts: [1] },
  ],
};

/** Scenarios in which functions crash: once at each call, or at each call on every try. */
interface Crashed {
  readonly once: readonly string[];
  readonly always: readonly (readonly [scenario: string, crashes: readonly Crash[]])[];
}

const everyCrash: Crashed = {
  once: ["happy", ...(isWhole ? ["declined"] : []), "shipping-refused"],
  always: [
    ["shipping-refused", crashes],
    // What had its effect and was not heard of is the worse of the two.
    ...(isWhole
      ? ([
          ["declined", crashes],
          ["happy", crashes],
          ["charge-answer-lost", ["crash after"]],
          ["shipping-answer-lost", ["crash after"]],
        ] as const)
      : []),
  ],
};

/**
 * What must hold of a variant when its functions crash.
 * @param variant whose functions crash at any of their AWS calls, before the call took effect or after
 */
export function describeCrashes(variant: Variant, { once, always }: Crashed = everyCrash): void {
  describe(`the ${variant.name}, when a step crashes`, () => {
    let run: RunScenario;
    beforeAll(async () => {
      run = await faultyCloud(variant);
    });
    /** Each kind of crash at each of the calls of a run: those that the variant takes. */
    const struck = (name: string, kinds: readonly Crash[], { calls }: Run): [Crash, number][] =>
      shareOfLong(
        kinds.flatMap((crash) => Array.from({ length: calls }, (_, index): [Crash, number] => [crash, index])),
        variant,
        scenarios.findIndex((scenario) => scenario.name === name),
      );

    const mayEnd = new Set(declaredFor(variant, killed).flatMap(({ ends }) => ends));
    if (mayEnd.size > 0) {
      test.each(once)(
        "at any of its AWS calls, ends the %s order as it says it may, with nothing lost",
        async (name) => {
          const undisturbed = await run(name);
          const ends = new Set<string>();
          for (const [crash, index] of struck(name, crashes, undisturbed)) {
            const { evidence, fired, broken } = await run(name, crash, index);
            const where = `${crash} call ${index}`;
            expect(fired, where).toBe(1);
            expect(broken, where).toEqual([]);
            expect([undisturbed.evidence.row?.status, ...mayEnd], where).toContain(evidence.row?.status);
            ends.add(`${evidence.row?.status}`);
          }
          // A difference that no longer happens is none.
          if (name === "happy" && isWhole) expect([...ends].toSorted()).toEqual([...mayEnd].toSorted());
        },
      );
      return;
    }

    test.each(once)("once, at any of its AWS calls, ends the %s order as if nothing had been", async (name) => {
      const undisturbed = await run(name);
      expect(undisturbed.calls).toBeGreaterThan(8);
      for (const [crash, index] of struck(name, crashes, undisturbed)) {
        const { evidence, fired, judgement } = await run(name, crash, index);
        const where = `${crash} call ${index}`;
        expect(fired, where).toBe(1);
        expect(judgement, where).toEqual(valid);
        expect(evidence.row?.statuses, where).toEqual(undisturbed.evidence.row?.statuses);
      }
    });

    // What a crash does to an environment's memory, the crashes above show. These are many: environments begin again
    // with what they have loaded.
    let again: RunScenario;
    beforeAll(async () => {
      again = await faultyCloud(variant, { repeatable: true });
    });

    test.each(always)("on every try, ends or parks the %s order with nothing lost", async (name, faults) => {
      const undisturbed = await again(name);
      const ends = new Set<OrderStatus | undefined>();
      for (const [crash, index] of struck(name, faults, undisturbed)) {
        const { evidence, fired, ofStep, broken } = await again(name, crash, index, 3);
        const where = `${crash} call ${index}, three tries`;
        // A step that already failed once on its own has fewer tries left, and a workflow that is told what it did
        // may have nothing left to call.
        expect(fired, where).toBeGreaterThan(name.endsWith("-lost") || !ofStep ? 0 : 2);
        expect(broken, where).toEqual([]);
        // Wherever it crashes, even before the first write: the saga goes back, on, or to a person.
        expect(evidence.row && isSettled(evidence.row.status), where).toBe(true);
        ends.add(evidence.row?.status);
      }
      expect(ends).toContain("INVENTORY_RELEASED");
    });
  });
}

/** The sweeper, and those who only listen: `listeners.test.ts` is about them. */
const bystanders = /Sweep|Loyalty|Analytics|Notification/;

interface Run {
  readonly evidence: Evidence;
  /** AWS calls that handlers made. */
  readonly calls: number;
  /** How often the fault struck. */
  readonly fired: number;
  /** Whether it struck the function of a step. */
  readonly ofStep: boolean;
  readonly judgement: Judgement;
  /** What must never be, however often the fault struck. */
  readonly broken: readonly string[];
}

/**
 * Runs a scenario. Strikes the `index`-th call of the saga, and if `tries` is more than 1, then also the next tries of
 * that function.
 */
type RunScenario = (name: string, fault?: Crash, index?: number, tries?: number) => Promise<Run>;

/** Runs scenarios of one order in one cloud, each with a fault of its own. */
async function faultyCloud(variant: Variant, { repeatable = false } = {}): Promise<RunScenario> {
  let onAwsCall: ((call: AwsCall) => Crash | undefined) | undefined;
  const deployment = await openLocal(variant, {
    ...(await onLane("thin", variant)),
    choices: inOrder,
    repeatable,
    // Where nobody retries what is killed, the sweeper brings it home.
    sweeper: variant.differs ? "on" : "off",
    faults: { onAwsCall: (call) => (bystanders.test(call.functionName) ? undefined : onAwsCall?.(call)) },
  });
  let runs = 0;
  return async (name, fault, index = -1, tries = 1) => {
    let [calls, fired] = [0, 0];
    let struck: string | undefined;
    onAwsCall = ({ functionName, indexInInvocation }) => {
      calls += 1;
      if (fired === tries) return undefined;
      const strikes = struck === undefined ? calls - 1 === index : struck === functionName && indexInInvocation === 0;
      if (!strikes) return undefined;
      struck = functionName;
      fired += 1;
      return fault;
    };
    runs += 1;
    const batch = batchOf(
      scenarios.find((scenario) => scenario.name === name)!,
      `-${runs}`,
    );
    const outcome = await runBatch(batch, deployment);
    const evidence = outcome.evidence[0]!;
    const judgement = judge(batch, { [variant.name]: outcome });
    const ofStep = stepNames.some((step) => struck?.includes(step));
    return { evidence, calls, fired, ofStep, judgement, broken: brokenInvariants(batch, outcome) };
  };
}
