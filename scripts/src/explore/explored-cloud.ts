import { type Conductor, type Faults, type Happening } from "@ovsc/local";
import { refOf } from "@ovsc/shared";
import { isAnyOpen } from "@ovsc/shared/aws";
import type { Variant } from "@ovsc/shared/variant";
import { type LocalDeployment, openLocal } from "../clouds/embedded.ts";
import { templateOf } from "../clouds/synthesize.ts";
import { bringHome, type Remedying } from "../drills/bring-home.ts";
import type { Batch, Outcome } from "../orders/batch.ts";
import { placeBatch, readOutcome } from "../runs/run-batch.ts";
import { bystandersIn } from "./bystanders.ts";
import { type Director, SeenBefore } from "./directing/director.ts";
import type { Concern } from "./directing/striker.ts";

/** One variant's embedded cloud, in which run follows run, each directed and each from the very start. */
export class ExploredCloud {
  readonly variant: Variant;
  readonly concern: Concern;
  readonly #deployment: LocalDeployment;
  readonly #stage: Stage;
  readonly #isSwept: boolean;
  readonly #remedying: Remedying | undefined;

  private constructor(
    deployment: LocalDeployment,
    { stage, assembly, sweeper, remedying }: Explored & { stage: Stage },
  ) {
    const { variant } = deployment;
    this.variant = variant;
    const bystanders = bystandersIn(variant, templateOf(variant, assembly));
    this.concern = { dependencies: variant.dependsOn, bystanders, differs: variant.differs ?? [] };
    this.#deployment = deployment;
    this.#stage = stage;
    this.#isSwept = sweeper === "on";
    this.#remedying = remedying;
  }

  static async open(variant: Variant, explored: Explored): Promise<ExploredCloud> {
    const { assembly, thin, sweeper = "off" } = explored;
    const stage: Stage = { director: undefined, hear: undefined };
    const conductor: Conductor = {
      next: (agenda) => (stage.director ? stage.director.next(agenda) : 0),
      idle: (agenda, dueMs) => stage.director?.idle(agenda, dueMs) ?? false,
    };
    const deployment = await openLocal(variant, {
      assembly,
      thin,
      sweeper,
      repeatable: true,
      duplicates: true,
      choices: { choose: (_options, what) => stage.director?.striker.choose(what) ?? 0, conductor },
      faults: faultsOf(stage),
      onHappening(happening) {
        stage.director?.add(happening);
        stage.hear?.(happening);
      },
    });
    return new ExploredCloud(deployment, { ...explored, stage });
  }

  /**
   * @param hear hears of everything that happens
   * @returns what the run left behind; nothing where the director ended it in a state that was seen before
   */
  async run(batch: Batch, director: Director, hear?: (happening: Happening) => void): Promise<Outcome | undefined> {
    await this.#deployment.reset();
    this.#stage.director = director;
    this.#stage.hear = hear;
    try {
      await placeBatch(batch, this.#deployment);
      if (this.#isSwept) await this.#redrive(batch, director);
      if (this.#remedying) await this.#bringHome(this.#remedying, batch, director);
      return await readOutcome(batch, this.#deployment);
    } catch (error) {
      if (error instanceof SeenBefore) return undefined;
      throw error;
    } finally {
      this.#stage.director = undefined;
      this.#stage.hear = undefined;
    }
  }

  /** Whether a sweep would find something after the last run. */
  isAnyOpen(): Promise<boolean> {
    return isAnyOpen(this.#deployment.table);
  }

  /**
   * An execution that could see nothing of its order, on any try, has failed with that: its alarm goes off, and an
   * operator redrives it.
   */
  async #redrive({ placements }: Batch, director: Director): Promise<void> {
    const { coordination } = this.#deployment;
    const { redrive } = coordination.remedies ?? {};
    if (!redrive) return;
    director.calm();
    const placed = placements.map(refOf);
    for (const each of new Map(placed.map((one) => [one.placementId, one])).values()) {
      const ending = await coordination.ending(each);
      if (!ending || ending.tells !== undefined) continue;
      await redrive.apply({ placed: [each], from: "", to: "", events: [] });
      await this.#deployment.settle(placed);
    }
  }

  async #bringHome(remedying: Remedying, { placements }: Batch, director: Director): Promise<void> {
    director.spare();
    await bringHome(this.#deployment, remedying, { placed: placements.map(refOf), from: "" });
  }
}

/** What is explored of a variant. */
export interface Explored {
  /** The folder of its assembly. */
  readonly assembly: string;
  /** Whether its handlers are bundled with the thin SDK. */
  readonly thin: boolean;
  /** Off if not given: see `LocalOptions`. */
  readonly sweeper?: "on" | "off";
  /** What an operator does at the end of each run, when nothing strikes any more. */
  readonly remedying?: Remedying | undefined;
}

interface Stage {
  director: Director | undefined;
  hear: ((happening: Happening) => void) | undefined;
}

const faultsOf = (stage: Stage): Faults => ({
  onAwsCall: (call) => stage.director?.striker.onAwsCall(call),
  onTaskCall: (call) => stage.director?.striker.onTaskCall(call),
  onInvocation: (invocation) => stage.director?.striker.onInvocation(invocation),
  onDelivery: (delivery) => stage.director?.striker.onDelivery(delivery),
  onDestination: (record) => stage.director?.striker.onDestination(record),
});
