import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import type { OrderRequest } from "@ovsc/shared";
import { exit, Failure } from "../failure.ts";
import type { Batch } from "./batch.ts";
import { batchOf } from "./batches.ts";
import { stockFor } from "./draw-orders.ts";
import { readOrder } from "./orders-file.ts";
import { renderRefused } from "./refused-lines.ts";
import { scenarioNamed } from "./scenarios.ts";

/** The flags that say which orders are placed: at most one of them. */
export interface OrderFlags {
  readonly scenario?: string;
  readonly outOfStock?: true;
  readonly decline?: true;
  readonly refuseShipping?: true;
  readonly order?: string;
}

/**
 * The orders that the flags name, each under an id of its own.
 * @throws Failure for flags that do not go together, an unknown scenario, and a file that holds no order
 */
export function chosenOrders({ scenario, outOfStock, decline, refuseShipping, order: file }: OrderFlags): Batch {
  const named = [
    scenario,
    outOfStock && "out-of-stock",
    decline && "declined",
    refuseShipping && "shipping-refused",
  ].filter((name) => name !== undefined);
  if (named.length + (file === undefined ? 0 : 1) > 1) {
    throw new Failure("choose one of --scenario, --out-of-stock, --decline, --refuse-shipping and --order", {
      exitCode: exit.usage,
      next: "pnpm trigger --help",
    });
  }
  const suffix = `-${randomUUID().slice(0, 8)}`;
  if (file === undefined) return batchOf(scenarioNamed(named[0] ?? "happy", "pnpm trigger orchestration"), suffix);
  const request = orderIn(file);
  const order = { ...request, orderId: request.orderId ?? `order${suffix}` };
  return { name: "trigger", placements: [{ placementId: randomUUID(), order }], stock: stockFor([order]) };
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
  const why = renderRefused(file, [{ line: 1, ...read }]).trimEnd();
  throw new Failure(`${file} is not one order as a JSON object\n${why}`, { exitCode: exit.invalid });
}
