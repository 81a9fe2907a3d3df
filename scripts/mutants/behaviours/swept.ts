import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { type Happening, inOrder } from "@ovsc/local";
import { longestRest, type Placement, refOf, retryBudgets, stepNames, sweeping } from "@ovsc/shared";
import { readEvidence, writePlacement } from "@ovsc/shared/aws";
import type { Variant } from "@ovsc/shared/variant";
import { synthesizeThin } from "../../src/clouds/synthesize.ts";
import { batchOf } from "../../src/orders/batches.ts";
import { scenarioNamed } from "../../src/orders/scenarios.ts";
import { above, answerAll, approvalAboveCents, openReached } from "../../src/runs/approvers.ts";
import { runBatch } from "../../src/runs/run-batch.ts";
import { type OnAwsCall, ofEachVariant, open, type Part } from "./behaviour.ts";

const batch = batchOf(scenarioNamed("happy", "pnpm mutants"), "");
const [placement] = batch.placements as [Placement];
const anHourAgo = () => "2025-12-31T23:00:00.000Z";

/** The sweeper finds what nobody goes on with, and nothing keeps it from that. */
export const swept = (): Part[] =>
  ofEachVariant((variant) => [
    {
      name: "a placement of which nobody said that it was placed",
      async wrong() {
        const { deployment, acts } = await openSwept(variant);
        await runBatch({ name: "none", placements: [], stock: batch.stock }, deployment);
        await writePlacement(deployment.table, placement, anHourAgo);
        await deployment.settle([]);
        const { row } = await readEvidence(deployment.table, refOf(placement));
        const hours = longestRest(retryBudgets.equal) / sweeping.everySeconds - 1;
        return [...unlike("SHIPPED", row?.status), ...unlike(`say again after ${hours} h`, acts.join())];
      },
    },
    {
      name: "an order that every step fails for, until they do not",
      async wrong() {
        let isBroken = true;
        const { deployment, acts } = await openSwept(variant, ({ functionName }) =>
          isBroken && stepNames.some((step) => functionName.includes(step)) ? "crash before" : undefined,
        );
        const { evidence, sweeps } = await runBatch(batch, deployment);
        isBroken = false;
        await deployment.settle([]);
        const thrice = "say again,say again,say again";
        const all = acts.map((act) => act.replace(/ after.*/, "")).join();
        return [
          ...unlike(`${thrice},begin undo,${thrice},park`, all),
          ...unlike("REFUNDING,NEEDS_ATTENTION", evidence[0]?.row?.statuses.join()),
          ...unlike("UndoStuck", evidence[0]?.row?.reason?.error),
          ...unlike("8", `${sweeps}`),
        ];
      },
    },
    {
      name: "an order that was refused, of which nobody heard",
      async wrong() {
        const { deployment, failed } = await openSwept(variant, ({ functionName, operation }) =>
          functionName.includes("ReserveInventory") && operation === "PutEvents" ? "crash before" : undefined,
        );
        const refused = batchOf(scenarioNamed("out-of-stock", "pnpm mutants"), "");
        const { evidence, published } = await runBatch(refused, deployment);
        return [
          ...unlike("INVENTORY_FAILED", evidence[0]?.row?.status),
          ...(published[0] ? unlike("InventoryFailed", published[0].at(-1)) : []),
          ...unlike("0", `${failed()}`),
        ];
      },
    },
    {
      name: "one order of two, for which it cannot act at first",
      async wrong() {
        let refused = 0;
        const { deployment, failed } = await openSwept(variant, (call) => {
          const wakes = ["PutEvents", "StartExecution"].includes(call.operation);
          const isFirst = JSON.stringify(call.input).includes("-first");
          if (!isSweeper(call) || !wakes || !isFirst || refused === 3) return undefined;
          refused += 1;
          return { fail: "ThrottlingException" };
        });
        const both = ["-first", "-second"].map((suffix) => ({
          placementId: `placement${suffix}`,
          order: { ...placement.order, orderId: `order${suffix}` },
        }));
        await runBatch({ name: "none", placements: [], stock: batch.stock }, deployment);
        for (const each of both) await writePlacement(deployment.table, each, anHourAgo);
        await deployment.settle([]);
        const ends: unknown[] = [];
        for (const each of both) ends.push((await readEvidence(deployment.table, refOf(each))).row?.status);
        return [...unlike("SHIPPED,SHIPPED", ends.join()), ...(failed() > 0 ? [] : ["no sweep failed"])];
      },
    },
    {
      name: "an order that is none, and whose steps all fail",
      async wrong() {
        const { deployment, failed } = await openSwept(variant, (call) =>
          isSweeper(call) ? undefined : "crash before",
        );
        const none = { ...placement, order: { ...placement.order, quantity: 0 } };
        await writePlacement(deployment.table, none, anHourAgo);
        await deployment.settle([]);
        const { rejection } = await readEvidence(deployment.table, refOf(placement));
        return [...unlike("InvalidOrder", rejection?.error), ...unlike("0", `${failed()}`)];
      },
    },
    {
      name: "an undo that it cannot begin at first",
      async wrong() {
        let refused = 0;
        const { deployment, failed } = await openSwept(variant, (call) => {
          if (!isSweeper(call)) return "crash before";
          if (call.operation !== "TransactWriteItems" || refused === 10) return undefined;
          refused += 1;
          return { fail: "ThrottlingException" };
        });
        await runBatch({ name: "none", placements: [], stock: batch.stock }, deployment);
        await writePlacement(deployment.table, placement, anHourAgo);
        await deployment.settle([]);
        const { row } = await readEvidence(deployment.table, refOf(placement));
        return [
          ...unlike("REFUNDING,NEEDS_ATTENTION", row?.statuses.join()),
          ...(failed() > 0 ? [] : ["no sweep failed"]),
        ];
      },
    },
    {
      name: "an order that waits for a person, whom it hurries in no way",
      async wrong() {
        const acts: string[] = [];
        const assembly = await synthesizeThin(variant, { approvalAboveCents });
        const reached = await openReached(variant, {
          assembly,
          choices: inOrder,
          sweeper: "on",
          onHappening(happening) {
            const act = actOf(happening);
            if (act) acts.push(act);
          },
        });
        const waiting = above({ name: "patient", ends: "SHIPPED" });
        const answers = [{ afterSeconds: 23 * 3_600, decision: "granted", by: "ada" }] as const;
        await answerAll(variant, reached, { answers, batch: waiting });
        const { row } = await readEvidence(reached.deployment.table, refOf(waiting.placements[0]!));
        return [...unlike("SHIPPED", row?.status), ...unlike("", acts.join())];
      },
    },
    {
      name: "a document that does not say whose it is",
      async wrong() {
        const { deployment, acts } = await openSwept(variant);
        const { table } = deployment;
        const key = { pk: "PLACEMENT#p-1", sk: "PLACEMENT" };
        const document = { state: "PLACED", open: "OPEN", since: "2026", sweeps: "many", placementId: "p-2" };
        await table.client.send(new PutCommand({ TableName: table.name, Item: { ...key, ...document } }));
        await deployment.settle([]);
        const { state } = (await table.get<typeof key & { state: string }>(key))!;
        return [...unlike("REJECTED", state), ...unlike("", acts.join())];
      },
    },
  ]);

async function openSwept(variant: Variant, onAwsCall: OnAwsCall = () => undefined) {
  const acts: string[] = [];
  let began: number | undefined;
  let failed = 0;
  const deployment = await open(variant, {
    sweeper: "on",
    onAwsCall,
    onHappening(happening) {
      began ??= happening.atMs;
      const act = actOf(happening);
      if (act) acts.push(`${act} after ${Math.floor((happening.atMs - began) / 3_600_000)} h`);
      if (happening.type === "InvocationEnded" && happening.error !== undefined && isSweeper(happening)) failed += 1;
    },
  });
  return { deployment, acts, failed: () => failed };
}

/** What the sweeper says that it did. */
function actOf(happening: Happening): string | undefined {
  if (happening.type !== "Log" || !happening.line.includes('"swept"')) return undefined;
  return /"act":"([^"]+)"/.exec(happening.line)?.[1];
}

const isSweeper = ({ functionName }: { readonly functionName: string }): boolean => functionName.includes("Sweep");

const unlike = (expected: string, seen: string | undefined): string[] =>
  seen === expected ? [] : [`${seen} instead of ${expected}`];
