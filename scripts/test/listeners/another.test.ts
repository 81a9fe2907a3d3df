import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Variant } from "@ovsc/shared/variant";
import { afterAll, beforeAll, expect, test } from "vitest";
import { synthesizeThin } from "../../src/clouds/synthesize.ts";
import { variantNamed } from "../../src/variants.ts";
import { isWhole } from "../family.ts";
import { valid } from "../saga.ts";
import { hear } from "./heard.ts";

const hybrid = variantNamed("hybrid");
const folder = fileURLToPath(hybrid.folder);

/** A copy of the variant, beside its packages and out of git's sight. */
let copy: string;
let variant: Variant;
beforeAll(async () => {
  mkdirSync(join(folder, "cdk.out"), { recursive: true });
  copy = mkdtempSync(join(folder, "cdk.out/copy-"));
  cpSync(join(folder, "src"), join(copy, "src"), { recursive: true });
  const own = join(copy, "src/listeners/warehouse");
  mkdirSync(own);
  for (const [file, text] of Object.entries(warehouse)) writeFileSync(join(own, file), text);
  const { variant: copied } = (await import(pathToFileURL(join(copy, "src/variant.ts")).href)) as { variant: Variant };
  variant = copied;
});
afterAll(() => rmSync(copy, { recursive: true }));

test.runIf(isWhole)(
  "another listener is a folder: no file that was there changes, and it hears what it wants to",
  async () => {
    expect(readdirSync(join(copy, "src/listeners"))).toEqual(["analytics", "loyalty", "notification", "warehouse"]);
    const { judgement, items } = await hear(
      variant,
      { assembly: await synthesizeThin(variant), thin: true },
      { scenario: "happy" },
    );
    expect(judgement).toEqual(valid);
    expect(items("Picks")).toEqual([expect.objectContaining({ sku: "TEAPOT", quantity: 2 })]);
    expect(items("Points")).toHaveLength(1);
  },
);

const warehouse = {
  "listener.ts": `
    import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
    import { ListenerFunction } from "../../listener-function.ts";
    import { ListenerTable } from "../../listener-table.ts";
    import type { Listener } from "../../listener.ts";

    export const listener: Listener = {
      hears: ["InventoryReserved"],
      build(scope, given) {
        const pick = new ListenerFunction(scope, "Pick", {
          description: "Picks what was reserved",
          table: new ListenerTable(scope, "Picks", { partition: "sku", sort: "placementId" }),
          tableActions: ["dynamodb:PutItem"],
          readsOrders: true,
          given,
        });
        return (delivery) => new LambdaFunction(pick.wokenByRule(), delivery);
      },
    };`,
  "handler.ts": `
    import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
    import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
    import { askRow, Table } from "@ovsc/shared/aws";
    import { type FactEvent, factIn, hear } from "../../fact.ts";

    const { TABLE_NAME, ORDERS_TABLE_NAME } = process.env;
    const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
    const orders = new Table(ORDERS_TABLE_NAME!, client);

    export const handler = (event: FactEvent): Promise<void> => {
      const fact = factIn(event);
      return hear("Warehouse", fact, async () => {
        const { sku, quantity } = (await askRow(orders, fact.orderId))!.order;
        const Item = { sku, quantity, placementId: fact.placementId };
        await client.send(new PutCommand({ TableName: TABLE_NAME, Item }));
      });
    };`,
};
