import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { inOrder } from "@ovsc/local";
import { refOf } from "@ovsc/shared";
import { orderKey, readEvidence, Table } from "@ovsc/shared/aws";
import type { Variant } from "@ovsc/shared/variant";
import { synthesizeThin } from "../../src/clouds/synthesize.ts";
import { batchOf } from "../../src/orders/batches.ts";
import { scenarioNamed } from "../../src/orders/scenarios.ts";
import { openReached } from "../../src/runs/approvers.ts";
import { runBatch } from "../../src/runs/run-batch.ts";
import { ofEachVariant, open, type Part } from "./behaviour.ts";

/** An order does not begin anew that was not undone, or not to the end, and its operator is told why. */
export const leftAlone = (): Part[] =>
  ofEachVariant((variant) => [
    {
      name: "again, of what was not undone",
      wrong: () => toldOtherwise(variant, "happy", "it is SHIPPED, and was not undone"),
    },
    {
      name: "again, of what was not undone to the end",
      wrong: () =>
        toldOtherwise(
          variant,
          "shipping-refused",
          "its undo is not finished: 2 units are held, 4998 cents are kept, 1 parcels are on their way",
        ),
    },
    {
      name: "again, of what was declined, and taken all the same",
      wrong: () =>
        toldOtherwise(variant, "declined", "its undo is not finished: 2 units are held, 9996 cents are kept"),
    },
    { name: "again, by two at once", wrong: () => begunTwice(variant) },
    { name: "again, in vain", wrong: () => begunInVain(variant) },
  ]);

/** Of two who begin an order anew at once, one does, and neither hears of a failure. */
async function begunTwice(variant: Variant): Promise<string[]> {
  const deployment = await open(variant);
  const batch = batchOf(scenarioNamed("declined", "pnpm mutants"), "");
  await runBatch(batch, deployment);
  const placed = batch.placements.map(refOf);
  const now = deployment.now();
  const begin = () => deployment.coordination.remedies["again"]!.apply({ placed, from: now, to: now, events: [] });
  const told = (await Promise.allSettled([begin(), begin()])).map((each) =>
    each.status === "rejected" ? `failed: ${each.reason}` : each.value.join(),
  );
  const isBegun = `order ${placed[0]!.orderId} begins anew, as generation 2`;
  return told.every((each) => each === isBegun) ? [] : told;
}

async function toldOtherwise(variant: Variant, scenario: string, why: string): Promise<string[]> {
  const deployment = await open(variant);
  const { table, coordination } = deployment;
  const batch = batchOf(scenarioNamed(scenario, "pnpm mutants"), "");
  await runBatch(batch, deployment);
  const placed = refOf(batch.placements[0]!);
  const { reservations, charges, shipments } = await readEvidence(table, placed);
  const now = deployment.now();
  const enter = async (kind: string, key: string | undefined, changes: Readonly<Record<string, unknown>>) => {
    if (key === undefined) return;
    const fields = Object.entries(changes);
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { ...orderKey(placed.orderId), sk: `${kind}#${key}` },
        UpdateExpression: `SET ${fields.map((_, index) => `#f${index} = :v${index}`).join(", ")}`,
        ExpressionAttributeNames: Object.fromEntries(fields.map(([name], index) => [`#f${index}`, name])),
        ExpressionAttributeValues: Object.fromEntries(fields.map(([, value], index) => [`:v${index}`, value])),
      }),
    );
  };
  // As if somebody had held, taken and sent all of it once more.
  await enter("RESERVATION", reservations[0]?.idempotencyKey, { state: "HELD", quantity: 2 });
  await enter("CHARGE", charges[0]?.idempotencyKey, { state: "CHARGED", amountCents: 2 * charges[0]!.amountCents });
  await enter("SHIPMENT", shipments[0]?.idempotencyKey, { state: "SHIPPED" });
  const [told] = await coordination.remedies["again"]!.apply({ placed: [placed], from: now, to: now, events: [] });
  const expected = `left order ${placed.orderId} alone: ${why}`;
  return told === expected ? [] : [`told: ${told}`];
}

/** Whoever cannot write is told so, and not that the order was left alone. */
async function begunInVain(variant: Variant): Promise<string[]> {
  const { deployment, stack } = await openReached(variant, {
    assembly: await synthesizeThin(variant),
    choices: inOrder,
    thin: true,
  });
  const batch = batchOf(scenarioNamed("declined", "pnpm mutants"), "");
  await runBatch(batch, deployment);
  const { name, client } = stack.asOperator.table;
  const send = (command: unknown) =>
    command instanceof UpdateCommand ? Promise.reject(new Error("no way there")) : client.send(command as never);
  const table = new Table(name, { send } as never);
  const operator = variant.connect({ ...stack, asOperator: { ...stack.asOperator, table } });
  const now = deployment.now();
  const placed = batch.placements.map(refOf);
  const told = await operator.remedies["again"]!.apply({ placed, from: now, to: now, events: [] }).catch(
    ({ message }: Error) => [message],
  );
  return told.join() === "no way there" ? [] : [`told: ${told.join()}`];
}
