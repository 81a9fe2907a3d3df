import { type DurableContext, withDurableExecution } from "@aws/durable-execution-sdk-js";

/** What the workflow is asked to meet. */
export interface Asked {
  /** How often its step fails before it succeeds. */
  readonly failures: number;
  /** What the function it invokes does. */
  readonly target: "succeeds" | "fails";
}

const seconds = (attempt: number) => ({ seconds: 60 * 2 ** (attempt - 1) });

async function workflow({ failures, target }: Asked, context: DurableContext): Promise<unknown> {
  let tries = 0;
  const step = await context
    .step(
      "charge",
      async () => {
        tries += 1;
        if (tries <= failures) throw new Error(`try ${tries} failed`);
        return { charged: tries };
      },
      { retryStrategy: (_, attempt) => ({ shouldRetry: attempt < 3, delay: seconds(attempt) }) },
    )
    .catch((error: unknown) => ({ gaveUp: (error as Error).message }));
  await context.wait("cool-off", { seconds: 30 });
  const invoked = await context
    .invoke<object, unknown>("ship", `shipper-${target}`, { orderId: "order-1" })
    .catch((error: unknown) => ({ failed: (error as Error).message }));
  const child = await context.runInChildContext("undo", async (inner) => {
    const first = await inner.step("refund", async () => "refunded");
    return [first, await inner.step("release", async () => "released")];
  });
  return { step, invoked, child };
}

export const handler = withDurableExecution(workflow);
