import { type Happening, inOrder } from "@ovsc/local";
import type { Placement, Profile } from "@ovsc/shared";
import { stock } from "@ovsc/shared/aws";
import type { Variant } from "@ovsc/shared/variant";
import { type LocalDeployment, openLocal } from "../clouds/embedded.ts";
import { synthesizeThin } from "../clouds/synthesize.ts";
import { batchOf } from "../orders/batches.ts";
import type { Scenario } from "../orders/scenarios.ts";
import { BusyTicks } from "./busy-ticks.ts";
import type { Metered } from "./metered.ts";
import { Reading } from "./reading.ts";

export interface Metering {
  readonly profile: Profile;
  /** Whose events an archive keeps. */
  readonly archivedSources: readonly string[];
}

/** What is read into while the meter is on, and whoever hears what happens. */
interface Switch {
  reading: Reading | undefined;
  hear: ((happening: Happening) => void) | undefined;
}

/** Runs scenarios through one variant's embedded cloud, and takes note of all that AWS would bill. */
export class Meter {
  readonly #deployment: LocalDeployment;
  readonly #switch: Switch;
  readonly #archivedSources: readonly string[];

  private constructor(deployment: LocalDeployment, on: Switch, archivedSources: readonly string[]) {
    this.#deployment = deployment;
    this.#switch = on;
    this.#archivedSources = archivedSources;
  }

  static async open(variant: Variant, { profile, archivedSources }: Metering): Promise<Meter> {
    const on: Switch = { reading: undefined, hear: undefined };
    const deployment = await openLocal(variant, {
      assembly: await synthesizeThin(variant, { profile }),
      thin: true,
      choices: inOrder,
      // Its ticks are on the bill of every month.
      sweeper: "on",
      faults: { onAwsCall: (call) => on.reading?.onAwsCall(call) },
      onHappening: (happening) => on.hear?.(happening),
    });
    return new Meter(deployment, on, archivedSources);
  }

  /**
   * Filling the shelf before and reading the evidence after is the test's work, and not on the bill. Nor are ticks of
   * the schedule that find nothing: they are on that of every month.
   */
  async run(scenario: Scenario): Promise<Metered> {
    const { placements, stock: shelf } = batchOf(scenario, "-bill");
    const { table, coordination } = this.#deployment;
    for (const [sku, units] of Object.entries(shelf)) await stock(table, sku, units);
    return this.#while(placements, "busy ticks", async () => {
      for (const placement of placements) await coordination.place(placement);
      await this.#deployment.settle(
        placements.map(({ placementId, order }) => ({ placementId, orderId: order.orderId })),
      );
    });
  }

  /** What happens in so many seconds while there is nothing to do. */
  idle(seconds: number): Promise<Metered> {
    // A second more, so that what the tick woke has ended.
    return this.#while([], "all ticks", () => this.#deployment.pass(seconds + 1));
  }

  async #while(
    placements: readonly Placement[],
    ticks: "busy ticks" | "all ticks",
    act: () => Promise<void>,
  ): Promise<Metered> {
    const reading = new Reading(this.#archivedSources);
    const read = (happening: Happening) => reading.add(happening);
    const busy = new BusyTicks(read);
    this.#switch.hear = ticks === "all ticks" ? read : (happening) => busy.add(happening);
    this.#switch.reading = reading;
    try {
      await act();
    } finally {
      this.#switch.reading = undefined;
      this.#switch.hear = undefined;
    }
    return reading.metered(placements.length);
  }
}
