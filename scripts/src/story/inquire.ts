import type { PlacementRef } from "@ovsc/shared";
import { askPlacement, askRow, askServices } from "@ovsc/shared/aws";
import type { Deployment } from "../clouds/deployment.ts";
import { exit, Failure } from "../failure.ts";
import { nearest } from "../runs/nearest.ts";
import { linesIn } from "./lines-in-records.ts";
import { someOrders } from "./some-orders.ts";
import type { Story } from "./story.ts";
import { tellStory } from "./tell-story.ts";
import { knownIn, statusByLedgers, type Way, type Whereabouts } from "./whereabouts.ts";

/** An answer, and how many calls of AWS it took. */
export interface Answer {
  readonly says: Whereabouts | undefined;
  readonly calls: number;
}

/** What a deployed cloud says of an order, now. */
export interface Inquiry {
  readonly story: Story;
  readonly asked: Readonly<Record<Way, Answer>>;
  /** How many calls it took to tell the story. */
  readonly calls: number;
  readonly deadLetters: number;
}

/** A placement, and when it was made, in milliseconds since 1970. */
export interface Placed extends PlacementRef {
  readonly placedAtMs: number;
}

/**
 * The placement that an order's row is of, or the placement of that name.
 * @throws Failure where there is neither, with the names that are most like it
 */
export async function findPlaced({ table, where }: Pick<Deployment, "table" | "where">, word: string): Promise<Placed> {
  const row = await askRow(table, word);
  const placement = await askPlacement(table, row?.placementId ?? word);
  if (placement)
    return { orderId: placement.orderId, placementId: placement.placementId, placedAtMs: placement.placedAtMs };
  const like = nearest(word, await someOrders(table)).join(", ");
  throw new Failure(`${where} knows neither an order nor a placement ${word}; it knows ${like || "none"}`, {
    exitCode: exit.usage,
    next: "pnpm trigger, which prints both",
  });
}

/**
 * Asks for an order each way, and tells its story from logs and history.
 * @param calls how many calls were made so far
 */
export async function inquire(
  deployment: Deployment,
  { placedAtMs, ...placed }: Placed,
  calls: () => number,
): Promise<Inquiry> {
  const { variant, table, coordination } = deployment;
  let counted = calls();
  const taken = () => {
    const before = counted;
    counted = calls();
    return counted - before;
  };
  const row = await askRow(table, placed.orderId);
  const own =
    row?.placementId === placed.placementId ? row.status : (await askPlacement(table, placed.placementId))?.state;
  const front = { says: own as Whereabouts | undefined, calls: taken() };
  const stateless = { says: statusByLedgers(await askServices(table, placed)), calls: taken() };
  const execution = await coordination.execution?.(placed);
  const byExecution = taken();
  const logged = await deployment.logs(placed);
  const byLogs = taken();
  const story = tellStory(linesIn({ variant: variant.name, placed, placedAtMs, logs: logged, execution }));
  const deadLetters = (await coordination.deadLetters([placed.orderId])).length;
  const last = knownIn(story, placed.placementId).at(-1)?.answers["stamp coupling"];
  return {
    story,
    asked: {
      "front controller": front,
      stateless,
      "stamp coupling": { says: last, calls: execution ? byExecution : byLogs },
    },
    calls: byExecution + byLogs + taken(),
    deadLetters,
  };
}
