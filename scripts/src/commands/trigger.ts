import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { inOrder } from "@ovsc/local";
import { type OrderRequest, sideEffects } from "@ovsc/shared";
import type { Variant } from "@ovsc/shared/variant";
import { openRemote } from "../clouds/deployed.ts";
import type { Deployment } from "../clouds/deployment.ts";
import { openLocal } from "../clouds/embedded.ts";
import { synthesize } from "../clouds/synthesize.ts";
import { chooseTarget, describeChoice, type Target, type TargetFlags } from "../clouds/target.ts";
import { exit, Failure } from "../failure.ts";
import { judge } from "../judgement/judge.ts";
import type { Batch } from "../orders/batch.ts";
import { stockFor } from "../orders/draw-orders.ts";
import { readOrder } from "../orders/orders-file.ts";
import { scenarios } from "../orders/scenarios.ts";
import { renderOrder } from "../report/render-order.ts";
import { runBatch } from "../runs/run-batch.ts";
import { variantNamed } from "../variants.ts";

export interface TriggerFlags extends TargetFlags {
  readonly outOfStock?: true;
  readonly decline?: true;
  readonly refuseShipping?: true;
  readonly order?: string;
  readonly json?: true;
}

/** `trigger VARIANT`. @returns the verdict on that order, as `compare` gives it */
export const triggerCommand = (flags: TriggerFlags, name: string): Promise<number> =>
  triggerVariant(variantNamed(name), flags);

export async function triggerVariant(variant: Variant, flags: TriggerFlags): Promise<number> {
  const { name } = variant;
  const batch = chosenBatch(flags);
  const chosen = await chooseTarget(flags);
  process.stderr.write(`one order through the ${name} in ${describeChoice(chosen)}\n`);
  const deployment = await open(chosen.target, variant);
  const outcome = await runBatch(batch, deployment);
  const { verdict, findings } = judge(batch, { [name]: outcome });
  const [evidence, ending] = [outcome.evidence[0]!, outcome.endings[0]];
  const story = await deployment.coordination.story(evidence.orderId);
  const logs = await deployment.logs(evidence.orderId);
  await deployment.close();

  if (flags.json) {
    const found = {
      variant: name,
      where: deployment.where,
      verdict,
      evidence,
      sideEffects: sideEffects(evidence),
      ending,
      logs,
      findings,
    };
    process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
  } else {
    process.stdout.write(renderOrder({ evidence, ending, story, findings }));
  }
  return exit[verdict];
}

async function open(target: Target, variant: Variant): Promise<Deployment> {
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
  if (file) return { name: "trigger", orders: [order], stock: stockFor([order]) };
  const { stock, ends, cause } = scenario;
  return { name: "trigger", orders: [order], stock, ends, ...(cause && { cause }) };
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
