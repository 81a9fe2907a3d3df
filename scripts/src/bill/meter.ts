import { inOrder } from "@ovsc/local";
import type { Placement, Profile } from "@ovsc/shared";
import { stock } from "@ovsc/shared/aws";
import type { Variant } from "@ovsc/shared/variant";
import { type LocalDeployment, openLocal } from "../clouds/embedded.ts";
import { synthesizeThin } from "../clouds/synthesize.ts";
import { batchOf } from "../orders/batches.ts";
import type { Scenario } from "../orders/scenarios.ts";
import type { Metered } from "./metered.ts";
import { Reading } from "./reading.ts";

export interface Metering {
  readonly profile: Profile;
  /** Whose events an archive keeps. */
  readonly archivedSources: readonly string[];
}

/** Runs scenarios through one variant's embedded cloud, and takes note of all that AWS would bill. */
export class Meter {
  readonly #deployment: LocalDeployment;
  readonly #switch: { reading: Reading | undefined };
  readonly #archivedSources: readonly string[];

  private constructor(
    deployment: LocalDeployment,
    reading: { reading: Reading | undefined },
    archivedSources: readonly string[],
  ) {
    this.#deployment = deployment;
    this.#switch = reading;
    this.#archivedSources = archivedSources;
  }

  static async open(variant: Variant, { profile, archivedSources }: Metering): Promise<Meter> {
    const on: { reading: Reading | undefined } = { reading: undefined };
    const deployment = await openLocal(variant, {
      assembly: await synthesizeThin(variant, { profile }),
      thin: true,
      choices: inOrder,
      // Its ticks are on the bill of every month.
      sweeper: "on",
      faults: { onAwsCall: (call) => on.reading?.onAwsCall(call) },
      onHappening: (happening) => on.reading?.add(happening),
    });
    return new Meter(deployment, on, archivedSources);
  }

  /** Filling the shelf before and reading the evidence after is the test's work, and not on the bill. */
  async run(scenario: Scenario): Promise<Metered> {
    const { placements, stock: shelf } = batchOf(scenario, "-bill");
    const { table, coordination } = this.#deployment;
    for (const [sku, units] of Object.entries(shelf)) await stock(table, sku, units);
    return this.#while(placements, async () => {
      for (const placement of placements) await coordination.place(placement);
      await this.#deployment.settle(
        placements.map(({ placementId, order }) => ({ placementId, orderId: order.orderId })),
      );
    });
  }

  /** What happens in so many seconds while there is nothing to do. */
  idle(seconds: number): Promise<Metered> {
    // A second more, so that what the tick woke has ended.
    return this.#while([], () => this.#deployment.pass(seconds + 1));
  }

  async #while(placements: readonly Placement[], act: () => Promise<void>): Promise<Metered> {
    const reading = (this.#switch.reading = new Reading(this.#archivedSources));
    try {
      await act();
    } finally {
      this.#switch.reading = undefined;
    }
    return reading.metered(placements.length);
  }
}
