import { type Faults, inOrder } from "@ovsc/local";
import type { Variant } from "@ovsc/shared/variant";
import { type LocalDeployment, openLocal } from "../clouds/embedded.ts";
import { synthesizeThin } from "../clouds/synthesize.ts";
import type { Batch, Outcome } from "../orders/batch.ts";
import { runBatch } from "../runs/run-batch.ts";

/**
 * One variant's embedded cloud, in which batches run one after the other, each under faults of its own. The handlers
 * run over the thin SDK, which does the same several times as fast.
 */
export class FaultyCloud {
  readonly variant: Variant;
  readonly #deployment: LocalDeployment;
  readonly #delegate: { to: Faults };

  private constructor(deployment: LocalDeployment, delegate: { to: Faults }) {
    this.variant = deployment.variant;
    this.#deployment = deployment;
    this.#delegate = delegate;
  }

  static async open(variant: Variant): Promise<FaultyCloud> {
    const delegate: { to: Faults } = { to: {} };
    const deployment = await openLocal(variant, {
      assembly: await synthesizeThin(variant),
      thin: true,
      choices: inOrder,
      faults: {
        onAwsCall: (call) => delegate.to.onAwsCall?.(call),
        onTaskCall: (call) => delegate.to.onTaskCall?.(call),
        onInvocation: (invocation) => delegate.to.onInvocation?.(invocation),
        onQueuedEvent: (event) => delegate.to.onQueuedEvent?.(event),
        onDelivery: (delivery) => delegate.to.onDelivery?.(delivery),
        onDestination: (record) => delegate.to.onDestination?.(record),
      },
    });
    return new FaultyCloud(deployment, delegate);
  }

  /** @param everySeconds how much virtual time lies between one order and the next */
  async run(batch: Batch, faults: Faults, everySeconds = 0): Promise<Outcome> {
    this.#delegate.to = faults;
    try {
      const pause = () => (everySeconds > 0 ? this.#deployment.pass(everySeconds) : Promise.resolve());
      return await runBatch(batch, this.#deployment, pause);
    } finally {
      this.#delegate.to = {};
    }
  }
}
