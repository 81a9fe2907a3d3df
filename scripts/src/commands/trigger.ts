import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { inOrder } from "@ovsc/local";
import { type OrderRequest, sideEffects, violations } from "@ovsc/shared";
import { openRemote } from "../clouds/deployed.ts";
import type { Deployment } from "../clouds/deployment.ts";
import { openLocal } from "../clouds/embedded.ts";
import { endingOf } from "../clouds/execution.ts";
import { lastDeploy } from "../clouds/last-deploy.ts";
import { synthesize } from "../clouds/synthesize.ts";
import { chooseTarget, type TargetFlags } from "../clouds/target.ts";
import { exit, Failure } from "../failure.ts";
import type { Batch } from "../orders/batch.ts";
import { stockFor } from "../orders/draw-orders.ts";
import { readOrder } from "../orders/orders-file.ts";
import { scenarios } from "../orders/scenarios.ts";
import { renderOrder } from "../report/render-order.ts";
import { runBatch } from "../runs/run-batch.ts";
import type { Variant } from "../variant.ts";

export interface TriggerFlags extends TargetFlags {
  readonly outOfStock?: true;
  readonly decline?: true;
  readonly refuseShipping?: true;
  readonly order?: string;
  readonly json?: true;
}

/** `trigger VARIANT`. @returns `valid` when the order ended as the saga promises, `invalid` when it did not */
export async function triggerCommand(flags: TriggerFlags, variant: string): Promise<number> {
  const batch = chosenBatch(flags);
  const deployment = await open(flags, variant as Variant);
  if (!flags.json) process.stdout.write(`${variant} in ${deployment.where}\n`);
  const { evidence } = await runBatch(batch, deployment);
  const order = evidence[0]!;
  const ending = variant === "orchestration" ? await endingOf(order.orderId, deployment) : undefined;
  const logs = await deployment.logs(order.orderId);
  await deployment.close();

  const wrong = order.row ? violations(order) : ["the order was never created"];
  if (flags.json) {
    const found = {
      variant,
      where: deployment.where,
      evidence: order,
      sideEffects: sideEffects(order),
      execution: ending,
      logs,
      wrong,
    };
    process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
  } else {
    process.stdout.write(renderOrder(order, logs, ending, wrong));
  }
  return wrong.length === 0 ? exit.valid : exit.invalid;
}

/** Where the flags say, otherwise where the last deploy of the variant went, otherwise embedded. */
async function open(flags: TriggerFlags, variant: Variant): Promise<Deployment> {
  const target = await chooseTarget(flags, lastDeploy(variant) ?? { kind: "local" });
  if (target.kind !== "local") return openRemote(variant, target);
  return openLocal(variant, { assembly: await synthesize(variant), choices: inOrder, keepLogs: true });
}

/** The order that the flags name, as a batch of one. */
function chosenBatch({ outOfStock, decline, refuseShipping, order: file }: TriggerFlags): Batch {
  const names = [outOfStock && "out-of-stock", decline && "declined", refuseShipping && "shipping-refused"].filter(
    (name) => name !== undefined,
  );
  if (names.length + (file ? 1 : 0) > 1) {
    throw new Failure("one order at a time: choose one of --out-of-stock, --decline, --refuse-shipping and --order", {
      exitCode: exit.usage,
    });
  }
  const scenario = scenarios.find(({ name }) => name === (names[0] ?? "happy"))!;
  const request = file ? orderIn(file) : { ...scenario.orders[0]!, orderId: undefined };
  const order = { ...request, orderId: request.orderId ?? `order-${randomUUID().slice(0, 8)}` };
  return { name: "trigger", orders: [order], stock: file ? stockFor([order]) : scenario.stock };
}

/** @throws Failure naming the file and each field that is wrong */
function orderIn(file: string): OrderRequest {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new Failure(`cannot read the order: ${(error as Error).message}`, { exitCode: exit.usage, cause: error });
  }
  const read = readOrder(text);
  if ("order" in read) return read.order;
  const issues = read.issues.map(({ field, message }) => `${file}: InvalidOrder: ${field}: ${message}`);
  throw new Failure(issues.join("\n"), { exitCode: exit.invalid });
}
