import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { SFNClient, StartExecutionCommand, StopExecutionCommand } from "@aws-sdk/client-sfn";
import { DeleteCommand, PutCommand, ScanCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { eventContracts, eventSource, stepNames } from "@ovsc/shared";
import { grantsOf, type Variant } from "@ovsc/shared/variant";
import { describe, expect, test } from "vitest";
import { synthesizeThin, templateOf } from "../../src/clouds/synthesize.ts";
import { variants } from "../../src/variants.ts";
import { reachWarm } from "../clouds/warm.ts";

const onTable = ["dynamodb:GetItem", "dynamodb:UpdateItem"];

/** How an operator of each variant says that it is time to look: by which actions, on what, and which facts. */
const words: Readonly<Record<string, { readonly says: readonly string[]; readonly facts?: readonly string[] }>> = {
  choreography: { says: ["events:PutEvents"], facts: ["RepairStarted", "OrderCreated"] },
  chain: { says: ["lambda:InvokeFunction", "lambda:InvokeFunction"] },
  orchestration: { says: ["states:StartExecution", "states:DescribeExecution"] },
  hybrid: { says: ["states:StartExecution", "states:DescribeExecution"] },
  "express-sync": { says: ["states:StartExecution"] },
  "express-async": { says: ["states:StartExecution"] },
  durable: {
    says: ["lambda:InvokeFunction", "lambda:ListDurableExecutionsByFunction", "lambda:GetDurableExecution"],
  },
};

const denied = { name: expect.stringMatching(/^AccessDenied/) as string };

async function open(variant: Variant) {
  const { stack } = await reachWarm(variant);
  return { stack, template: templateOf(variant, await synthesizeThin(variant)) };
}

// What he may do, the repairs show: they are done under this role.
describe.each(variants)("an operator of the $name", (variant) => {
  const { says, facts = [] } = words[variant.name]!;

  test("is granted the moves of an order's row and his word, and nothing else", async () => {
    const { template } = await open(variant);
    const statements = grantsOf(template, "Operator");
    expect(statements.flatMap(({ Action }) => Action).toSorted()).toEqual([...onTable, ...says].toSorted());
    for (const { Action, Resource, Condition } of statements) {
      expect(Resource, JSON.stringify(Action)).not.toBe("*");
      if ([Action].flat().some((action) => action.startsWith("dynamodb:")))
        expect(Condition).toEqual({ "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["ORDER#*"] } });
      if (Action === "events:PutEvents")
        expect(Condition).toEqual({ StringEquals: { "events:source": eventSource, "events:detail-type": facts } });
    }
  });

  test("writes no document and no stock, deletes nothing, lists nothing, says nothing else, runs no step", async () => {
    const { stack } = await open(variant);
    const { outputs } = stack;
    const { client, table } = stack.asOperator;
    const TableName = table.name;
    const fill = { UpdateExpression: "SET available = :a", ExpressionAttributeValues: { ":a": 9 } };
    const stateMachineArn = outputs["StateMachineArn"];
    const said = Object.keys(eventContracts).filter((fact) => outputs["BusName"] && !facts.includes(fact));
    const attempts = [
      () => table.client.send(new PutCommand({ TableName, Item: { pk: "PLACEMENT#mine", sk: "PLACEMENT" } })),
      () => table.client.send(new PutCommand({ TableName, Item: { pk: "ORDER#another", sk: "ORDER" } })),
      () => table.client.send(new UpdateCommand({ TableName, Key: { pk: "STOCK#TEAPOT", sk: "STOCK" }, ...fill })),
      () => table.client.send(new DeleteCommand({ TableName, Key: { pk: "ORDER#another", sk: "ORDER" } })),
      () => table.client.send(new ScanCommand({ TableName })),
      ...said.map((DetailType) => () => {
        const Entries = [{ EventBusName: outputs["BusName"], Source: eventSource, DetailType, Detail: "{}" }];
        return client(EventBridgeClient).send(new PutEventsCommand({ Entries }));
      }),
      ...stepNames.map((step) => () => {
        const FunctionName = `arn:aws:lambda:eu-west-2:000000000000:function:${step}`;
        return client(LambdaClient).send(new InvokeCommand({ FunctionName, Payload: "{}" }));
      }),
      ...(stateMachineArn
        ? [
            () =>
              client(SFNClient).send(new StartExecutionCommand({ stateMachineArn: `${stateMachineArn}-of-another` })),
            () =>
              client(SFNClient).send(
                new StopExecutionCommand({
                  executionArn: `${stateMachineArn.replace(":stateMachine:", ":execution:")}:any`,
                }),
              ),
          ]
        : []),
    ];
    for (const [index, attempt] of attempts.entries())
      await expect(attempt(), `attempt ${index}`).rejects.toMatchObject(denied);
  });
});
