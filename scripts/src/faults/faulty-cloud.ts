import { type Choices, inOrder, seeded } from "@ovsc/local";
import type { Profile } from "@ovsc/shared";
import type { Variant } from "@ovsc/shared/variant";
import { type LocalDeployment, type LocalOptions, openLocal } from "../clouds/embedded.ts";
import { synthesizeThin } from "../clouds/synthesize.ts";
import type { Batch, Outcome } from "../orders/batch.ts";
import { runBatch } from "../runs/run-batch.ts";
import { delegated } from "./delegated.ts";
import type { ListeningFaults } from "./injection.ts";

export interface Setting extends Pick<LocalOptions, "sweeper" | "onHappening" | "repeatable"> {
  /** `equal` if not given. */
  readonly profile?: Profile;
  /** Draws the jitter of retries, the same in each run. Without it nothing is drawn; everything is in order anyway. */
  readonly jitter?: boolean;
}

/** What the cloud asks, and each run answers anew. */
interface Delegate {
  faults: ListeningFaults;
  jitter: Choices;
  readonly draws: () => Choices;
}

/**
 * One variant's embedded cloud, in which batches run one after the other, each under faults of its own. The handlers
 * run over the thin SDK, which does the same several times as fast.
 */
export class FaultyCloud {
  readonly variant: Variant;
  readonly #deployment: LocalDeployment;
  readonly #delegate: Delegate;

  private constructor(deployment: LocalDeployment, delegate: Delegate) {
    this.variant = deployment.variant;
    this.#deployment = deployment;
    this.#delegate = delegate;
  }

  static async open(
    variant: Variant,
    { profile = "equal", jitter = false, ...how }: Setting = {},
  ): Promise<FaultyCloud> {
    const delegate: Delegate = { faults: {}, jitter: inOrder, draws: () => (jitter ? seeded(1) : inOrder) };
    const deployment = await openLocal(variant, {
      assembly: await synthesizeThin(variant, { profile }),
      thin: true,
      ...how,
      choices: { choose: (count, what) => (what === "retry jitter" ? delegate.jitter.choose(count, what) : 0) },
      faults: delegated(delegate),
    });
    return new FaultyCloud(deployment, delegate);
  }

  /** @param everySeconds how much virtual time lies between one order and the next */
  async run(batch: Batch, faults: ListeningFaults, everySeconds = 0): Promise<Outcome> {
    this.#delegate.faults = faults;
    this.#delegate.jitter = this.#delegate.draws();
    try {
      const pause = () => (everySeconds > 0 ? this.#deployment.pass(everySeconds) : Promise.resolve());
      return await runBatch(batch, this.#deployment, pause);
    } finally {
      this.#delegate.faults = {};
    }
  }
}
