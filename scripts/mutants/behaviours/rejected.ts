import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { inOrder } from "@ovsc/local";
import { type EventName, eventSource, eventVersion, type Order, type Placement, refOf } from "@ovsc/shared";
import { readEvidence, writePlacement } from "@ovsc/shared/aws";
import type { Variant } from "@ovsc/shared/variant";
import { synthesizeThin } from "../../src/clouds/synthesize.ts";
import { Injection } from "../../src/faults/injection.ts";
import { batchOf } from "../../src/orders/batches.ts";
import { scenarioNamed } from "../../src/orders/scenarios.ts";
import { openReached } from "../../src/runs/approvers.ts";
import { enterBatch, runBatch } from "../../src/runs/run-batch.ts";
import { ofEachVariant, open, type Part } from "./behaviour.ts";

const batch = batchOf(scenarioNamed("happy", "pnpm mutants"), "");
const [placement] = batch.placements as [Placement];
const { order } = placement;

/** Documents that a client may write, and that are no order, with what the placement is told. */
const documents: readonly (readonly [wrong: Partial<Order> | { extra: number }, field: string])[] = [
  [{ quantity: 0 }, "quantity"],
  [{ quantity: 10_001 }, "quantity"],
  [{ totalCents: 0 }, "totalCents"],
  [{ totalCents: 1_000_000_001 }, "totalCents"],
  [{ currency: "XXX" as never }, "currency"],
  [{ customerId: " " }, "customerId"],
  [{ sku: "x".repeat(65) }, "sku"],
  [{ address: { ...order.address, country: "gb" } }, "address.country"],
  [{ giftNote: "x".repeat(320_001) }, "giftNote"],
  [{ extra: 1 }, "(order)"],
];

/** What is no order becomes none, and its placement is told why; what another may not say changes nothing. */
export const rejected = (): Part[] =>
  ofEachVariant((variant) => [
    {
      name: "documents that are no order",
      async wrong() {
        const deployment = await open(variant, { sweeper: "on" });
        for (const [index, [changes]] of documents.entries()) {
          const none = { placementId: `p-${index}`, order: { ...order, ...changes, orderId: `order-${index}` } };
          await writePlacement(deployment.table, none, () => deployment.now());
        }
        await deployment.settle([]);
        const wrong: string[] = [];
        for (const [index, [, field]] of documents.entries()) {
          const placed = { orderId: `order-${index}`, placementId: `p-${index}` };
          const { row, document, rejection } = await readEvidence(deployment.table, placed);
          const isTold =
            rejection?.error === "InvalidOrder" && rejection.message.startsWith(`order refused: ${field}: `);
          if (row || document !== "REJECTED" || !isTold)
            wrong.push(`${field}: ${document}, ${row?.status}: ${rejection?.error}, ${rejection?.message}`);
        }
        return wrong;
      },
    },
    {
      name: "a document whose rejection the table does not take at first",
      async wrong() {
        const injection = new Injection([
          { kind: "conflict", dependency: "order-table", step: "CreateOrder", attempts: [1], call: 3 },
        ]);
        const deployment = await open(variant, { faults: injection });
        const none = { ...placement, order: { ...order, quantity: 0 } };
        const { evidence } = await runBatch({ ...batch, placements: [none] }, deployment);
        const { document, rejection } = evidence[0]!;
        const isRejected = document === "REJECTED" && rejection?.error === "InvalidOrder";
        return [
          ...(isRejected ? [] : [`its document is ${document}, told ${rejection?.error}`]),
          ...(injection.fired.includes(0) ? ["a fault did not strike"] : []),
        ];
      },
    },
    {
      name: "an orderId that another placement has",
      async wrong() {
        const deployment = await open(variant);
        const taken = batchOf(scenarioNamed("order-id-taken", "pnpm mutants"), "");
        const { evidence } = await runBatch(taken, deployment);
        const told = evidence[1]?.rejection;
        const expected = `order ${taken.placements[0]!.order.orderId} is another than this placement's`;
        return told?.error === "OrderConflict" && told.message === expected ? [] : [`told ${JSON.stringify(told)}`];
      },
    },
    {
      name: "facts in another version",
      async wrong() {
        const version1 = { version: 1, ...refOf(placement), causationId: "forged" };
        const { row } = await afterForged(variant, { DetailType: "RefundStarted", detail: version1 }, 0);
        return !row || row.status === "SHIPPED" ? [] : [`it became ${row.status}`];
      },
    },
    {
      name: "an order that is placed in another version",
      async wrong() {
        const detail = { version: 1, ...refOf(placement), causationId: "client" };
        return saidOften("OrderRejected", await afterForged(variant, { DetailType: "OrderPlaced", detail }));
      },
    },
    {
      name: "facts of another placement",
      async wrong() {
        const detail = { version: eventVersion, ...refOf(placement), placementId: "another", causationId: "forged" };
        return saidOften("OrderShipped", await afterForged(variant, { DetailType: "PaymentCharged", detail }));
      },
    },
    {
      name: "an order that is placed again when it is shipped",
      async wrong() {
        const detail = { version: eventVersion, ...refOf(placement), causationId: "client" };
        return saidOften("OrderCreated", await afterForged(variant, { DetailType: "OrderPlaced", detail }));
      },
    },
  ]);

function saidOften(fact: EventName, { facts }: { readonly facts: readonly string[] }): string[] {
  const times = facts.filter((each) => each === fact).length;
  return facts.length === 0 || times === 1 ? [] : [`${fact} was said ${times} times`];
}

interface Forged {
  readonly DetailType: EventName;
  readonly detail: Readonly<Record<string, unknown>>;
}

/**
 * What becomes of an order whose variant listens to a bus, on which somebody forges a fact.
 * @param afterSeconds since the order was placed; once all is quiet, if not given
 * @returns nothing of a variant without a bus
 */
async function afterForged(variant: Variant, { DetailType, detail }: Forged, afterSeconds?: number) {
  const assembly = await synthesizeThin(variant);
  const { deployment, stack } = await openReached(variant, { assembly, choices: inOrder, thin: true });
  const EventBusName = stack.outputs["BusName"];
  if (EventBusName === undefined) return { row: undefined, facts: [] };
  await enterBatch(batch, deployment);
  if (afterSeconds === undefined) await deployment.settle([refOf(placement)]);
  else await deployment.pass(afterSeconds);
  const said = { EventBusName, Source: eventSource, DetailType, Detail: JSON.stringify(detail) };
  await stack.client(EventBridgeClient).send(new PutEventsCommand({ Entries: [said] }));
  await deployment.settle([refOf(placement)]);
  const { row } = await readEvidence(deployment.table, refOf(placement));
  return { row, facts: (await deployment.coordination.published(refOf(placement))) ?? [] };
}
