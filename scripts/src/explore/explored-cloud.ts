import { inOrder, type Conductor, type Faults, type Happening } from "@ovsc/local";
import { refOf } from "@ovsc/shared";
import type { Variant } from "@ovsc/shared/variant";
import { type LocalDeployment, openLocal } from "../clouds/embedded.ts";
import { templateOf } from "../clouds/synthesize.ts";
import type { Batch, Outcome } from "../orders/batch.ts";
import { placeBatch, readOutcome } from "../runs/run-batch.ts";
import { bystandersIn } from "./bystanders.ts";
import { type Concern, type Director, SeenBefore } from "./directing/director.ts";

/** One variant's embedded cloud, in which run follows run, each directed and each from the very start. */
export class ExploredCloud {
  readonly variant: Variant;
  readonly concern: Concern;
  readonly #deployment: LocalDeployment;
  readonly #stage: Stage;
  readonly #isSwept: boolean;

  private constructor(
    deployment: LocalDeployment,
    { stage, isSwept, assembly }: { stage: Stage; isSwept: boolean; assembly: string },
  ) {
    const { variant } = deployment;
    this.variant = variant;
    const bystanders = bystandersIn(variant, templateOf(variant, assembly));
    this.concern = { dependencies: variant.dependsOn, bystanders, differs: variant.differs ?? [] };
    this.#deployment = deployment;
    this.#stage = stage;
    this.#isSwept = isSwept;
  }

  /**
   * @param assembly of the variant
   * @param thin whether its handlers are bundled with the thin SDK
   * @param sweeper off if not given: see `LocalOptions`
   */
  static async open(
    variant: Variant,
    { assembly, thin, sweeper = "off" }: { assembly: string; thin: boolean; sweeper?: "on" | "off" },
  ): Promise<ExploredCloud> {
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
      choices: { ...inOrder, conductor },
      faults: faultsOf(stage),
      onHappening(happening) {
        stage.director?.add(happening);
        stage.hear?.(happening);
      },
    });
    return new ExploredCloud(deployment, { stage, isSwept: sweeper === "on", assembly });
  }

  /**
   * @param hear hears of everything that happens
   * @returns what the run left behind; nothing where the director ended it in a state that was seen before
   */
  async run(batch: Batch, director: Director, hear?: (happening: Happening) => void): Promise<Outcome | undefined> {
    this.#deployment.reset();
    this.#stage.director = director;
    this.#stage.hear = hear;
    try {
      await placeBatch(batch, this.#deployment);
      if (this.#isSwept) await this.#redrive(batch, director);
      return await readOutcome(batch, this.#deployment);
    } catch (error) {
      if (error instanceof SeenBefore) return undefined;
      throw error;
    } finally {
      this.#stage.director = undefined;
      this.#stage.hear = undefined;
    }
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
}

interface Stage {
  director: Director | undefined;
  hear: ((happening: Happening) => void) | undefined;
}

const faultsOf = (stage: Stage): Faults => ({
  onAwsCall: (call) => stage.director?.onAwsCall(call),
  onTaskCall: (call) => stage.director?.onTaskCall(call),
  onInvocation: (invocation) => stage.director?.onInvocation(invocation),
  onDelivery: (delivery) => stage.director?.onDelivery(delivery),
  onDestination: (record) => stage.director?.onDestination(record),
});
