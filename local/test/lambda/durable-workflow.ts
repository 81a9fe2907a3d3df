import { type DurableContext, withDurableExecution } from "@aws/durable-execution-sdk-js";

/** What the workflow is asked to meet. */
export interface Asked {
  /** How often its step fails before it succeeds. */
  readonly failures: number;
  /** What the function it invokes does. */
  readonly target: "succeeds" | "fails";
}

const seconds = (attempt: number) => ({ seconds: 60 * 2 ** (attempt - 1) });

/** By what is asked: whether a try runs in the invocation of the one before depends on who runs the workflow. */
const tries = new Map<string, number>();

async function workflow(asked: Asked, context: DurableContext): Promise<unknown> {
  const { failures, target } = asked;
  const key = JSON.stringify(asked);
  const step = await context
    .step(
      "charge",
      async () => {
        const made = (tries.get(key) ?? 0) + 1;
        tries.set(key, made);
        if (made <= failures) throw new Error(`try ${made} failed`);
        return { charged: made };
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
