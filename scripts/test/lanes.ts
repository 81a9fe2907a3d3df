import { type AwsCall, type AwsCallFault, type Choices, inOrder, seeded } from "@ovsc/local";
import type { Variant } from "@ovsc/shared/variant";
import { openLocal } from "../src/clouds/embedded.ts";
import { synthesize, synthesizeThin } from "../src/clouds/synthesize.ts";
import type { Batch } from "../src/orders/batch.ts";
import { runBatch } from "../src/runs/run-batch.ts";

/** What is done to a cloud: batches one after the other, under the same choices, each with faults of its own. */
export interface Story {
  readonly seed?: number;
  readonly duplicates?: boolean;
  readonly batches: readonly { readonly batch: Batch; readonly onAwsCall?: OnAwsCall }[];
}
export type OnAwsCall = (call: AwsCall) => AwsCallFault | undefined;

/** The handlers' bundle: as it is deployed, or with the thin SDK, which `lanes.test.ts` holds equal to it. */
export type Lane = "deployed" | "thin";

/** What `openLocal` takes to run a variant on a lane. */
export const onLane = async (lane: Lane, variant: Variant) => ({
  assembly: lane === "thin" ? await synthesizeThin(variant) : await synthesize(variant),
  thin: lane === "thin",
});

/**
 * Lives a story through.
 * @returns everything that happened, in order, as text: happenings, calls with their inputs, choices, what was left
 */
export type Live = (story: Story) => Promise<readonly string[]>;

/** One cloud for many stories: it is made as new for each, and its environments stay warm. */
export async function living(variant: Variant, lane: Lane): Promise<Live> {
  let told: string[] = [];
  const tell = (what: string, value: unknown) =>
    told.push(withoutStacks(`${what} ${JSON.stringify(value, inOrderOfName)}`));
  let schedule: Choices = inOrder;
  let duplicated = false;
  let onAwsCall: OnAwsCall | undefined;
  const deployment = await openLocal(variant, {
    ...(await onLane(lane, variant)),
    choices: {
      choose(optionCount, what) {
        const chosen = !duplicated && isDuplicate.test(what) ? 0 : schedule.choose(optionCount, what);
        tell("choice", [what, optionCount, chosen]);
        return chosen;
      },
    },
    duplicates: true,
    onHappening: (happening) => tell("happening", happening),
    faults: {
      onAwsCall(call) {
        tell("call", call);
        return onAwsCall?.(call);
      },
    },
  });
  return async ({ seed, duplicates = false, batches }) => {
    await deployment.reset();
    told = [];
    schedule = seed === undefined ? inOrder : seeded(seed);
    duplicated = duplicates;
    for (const each of batches) {
      ({ onAwsCall } = each);
      tell("outcome", await runBatch(each.batch, deployment));
    }
    return told;
  };
}

/** What a choice of whether something happens twice is called. */
const isDuplicate = / twice$/;

/** JSON has no order of members, and the SDK's own differs from ours. */
const inOrderOfName = (_key: string, value: unknown) =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/** Lines and columns of a stack are those of the bundle; an error's name and message stand beside them. */
const withoutStacks = (text: string) => text.replace(/(\\*"trace\\*":)\[.*?\]/g, "$1[]");

/** Strikes the `index`-th call, and with more than one try, then also the first call of the next tries. */
export function strike(fault: AwsCallFault, index: number, tries: number): OnAwsCall {
  let [calls, fired] = [0, 0];
  let struck: string | undefined;
  return ({ functionName, indexInInvocation }) => {
    calls += 1;
    if (fired === tries) return undefined;
    const again = fault === "lose answer" || indexInInvocation === 0;
    const strikes = struck === undefined ? calls - 1 === index : struck === functionName && again;
    if (!strikes) return undefined;
    struck = functionName;
    fired += 1;
    return fault;
  };
}

/** Strikes about one call in thirty, as a seed has it. */
export function strikeAtRandom(seed: number): OnAwsCall {
  const chance = seeded(seed);
  const faults = ["crash before", "crash after", "lose answer", "lose answer"] as const;
  return () => (chance.choose(30, "whether") === 0 ? faults[chance.choose(faults.length, "which")] : undefined);
}
