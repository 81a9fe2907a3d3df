import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { endOf, eventSource } from "@ovsc/shared";
import { runBatch } from "../../src/runs/run-batch.ts";
import { openWaiting } from "../../test/approval/waiting.ts";
import { another, attemptsOf, batch, open } from "../../test/safety/client.ts";
import { ofEachVariant, type Part } from "./behaviour.ts";

/** Whoever may place orders may do nothing else, and neither may whoever approves them. */
export const barred = (): Part[] =>
  ofEachVariant((variant) => [
    {
      name: "clients",
      async wrong() {
        const opened = await open(variant);
        await opened.deployment.coordination.place(another);
        const allowed = await notDenied("a client", attemptsOf(opened));
        const ends = (await runBatch(batch, opened.deployment)).evidence.map(endOf);
        return [...allowed, ...(ends.join() === "SHIPPED" ? [] : [`an order beside them ended ${ends.join()}`])];
      },
    },
    {
      name: "approvers",
      async wrong() {
        const { client, table } = (await openWaiting(variant)).stack.asApprover!;
        const { name: TableName } = table;
        const document = { pk: "PLACEMENT#mine", sk: "PLACEMENT" };
        const fill = { UpdateExpression: "SET available = :a", ExpressionAttributeValues: { ":a": 9 } };
        return notDenied("an approver", {
          "places an order": () => table.client.send(new PutCommand({ TableName, Item: document })),
          "reads a document": () => table.client.send(new GetCommand({ TableName, Key: document })),
          "fills the shelf": () =>
            table.client.send(new UpdateCommand({ TableName, Key: { pk: "STOCK#TEAPOT", sk: "STOCK" }, ...fill })),
          "says another fact": () =>
            client(EventBridgeClient).send(
              new PutEventsCommand({ Entries: [{ Source: eventSource, DetailType: "PaymentCharged", Detail: "{}" }] }),
            ),
        });
      },
    },
  ]);

async function notDenied(who: string, attempts: Readonly<Record<string, () => Promise<unknown>>>): Promise<string[]> {
  const allowed: string[] = [];
  for (const [what, attempt] of Object.entries(attempts)) {
    const answer = await attempt().then(
      () => "taken",
      ({ name }: Error) => name,
    );
    if (!answer.startsWith("AccessDenied")) allowed.push(`${who} ${what}: ${answer}`);
  }
  return allowed;
}
