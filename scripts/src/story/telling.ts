import type { StepName } from "@ovsc/shared";
import type { RowChange } from "../runs/log/row-change.ts";
import { Lanes } from "./lanes.ts";
import type { Moment } from "./story.ts";

/** A moment before it has its place; `changes` are none unless it says so. */
export interface Draft extends Omit<Moment, "index" | "changes" | "cause" | "step" | "attempt" | "error" | "arrow"> {
  readonly cause: number | undefined;
  readonly step?: StepName | undefined;
  readonly attempt?: number | undefined;
  readonly error?: string | undefined;
  readonly arrow?: Moment["arrow"] | undefined;
  readonly changes?: readonly RowChange[];
}

/** Who acts under an id that lines name as their cause: a request of a function, an execution, an event. */
export interface Actor {
  readonly lane: string;
  readonly step: StepName | undefined;
  /** The index of the moment that whatever it does now follows from. */
  last: number;
}

/** What has been told so far, and by whom each id is meant. */
export class Telling {
  readonly moments: Moment[] = [];
  readonly lanes = new Lanes();
  /** By placement id: the first moment of each. */
  readonly placed = new Map<string, number>();
  /** By request id, execution ARN or event id. */
  readonly actors = new Map<string, Actor>();

  /** @returns the index of the new moment */
  add({ cause, step, attempt, error, arrow, changes = [], isDuplicate, ...moment }: Draft): number {
    const index = this.moments.length + 1;
    this.moments.push({
      index,
      ...(cause !== undefined && { cause }),
      ...moment,
      ...(step !== undefined && { step }),
      ...(arrow !== undefined && { arrow }),
      ...(attempt !== undefined && { attempt }),
      ...(error !== undefined && { error }),
      ...(isDuplicate && { isDuplicate }),
      changes,
    });
    return index;
  }

  actor = (causationId: string | undefined): Actor | undefined =>
    causationId === undefined ? undefined : this.actors.get(causationId);

  /** The first moment of a placement; where nothing tells whose it is, the latest placing. */
  placing(placementId: string | undefined): number | undefined {
    return this.placed.get(placementId ?? "") ?? [...this.placed.values()].at(-1);
  }

  /** Who acted, where no id tells: the client if nothing led to it. */
  laneOf(causationId: string | undefined): string {
    if (causationId === undefined) return this.lanes.client();
    return this.actors.get(causationId)?.lane ?? this.lanes.unknown();
  }
}
