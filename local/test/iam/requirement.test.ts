import { expect, test } from "vitest";
import { requirements } from "../../src/iam/requirement.ts";
import { services } from "../../src/services.ts";

const region = "eu-west-2";
const at = (service: string, resource: string) => `arn:aws:${service}:eu-west-2:000000000000:${resource}`;
const orders = at("dynamodb", "table/Orders");
const stock = at("dynamodb", "table/Stock");
const execution = at("states", "execution:Saga:1");

const required = requirements(services, region);

test.each<[string, string, Record<string, unknown>, [string, string][]]>([
  ["dynamodb", "PutItem", { TableName: "Orders" }, [["dynamodb:PutItem", orders]]],
  ["dynamodb", "GetItem", { TableName: orders }, [["dynamodb:GetItem", orders]]],
  ["dynamodb", "Query", { TableName: "Orders" }, [["dynamodb:Query", orders]]],
  [
    "dynamodb",
    "Query",
    { TableName: "Orders", IndexName: "ByStatus" },
    [["dynamodb:Query", `${orders}/index/ByStatus`]],
  ],
  [
    "dynamodb",
    "BatchWriteItem",
    { RequestItems: { Orders: [], Stock: [] } },
    [
      ["dynamodb:BatchWriteItem", orders],
      ["dynamodb:BatchWriteItem", stock],
    ],
  ],
  [
    "dynamodb",
    "TransactWriteItems",
    {
      TransactItems: [
        { Put: { TableName: "Orders" } },
        { Update: { TableName: "Stock" } },
        { Delete: { TableName: "Orders" } },
        { ConditionCheck: { TableName: "Stock" } },
      ],
    },
    [
      ["dynamodb:PutItem", orders],
      ["dynamodb:UpdateItem", stock],
      ["dynamodb:DeleteItem", orders],
      ["dynamodb:ConditionCheckItem", stock],
    ],
  ],
  [
    "dynamodb",
    "TransactGetItems",
    { TransactItems: [{ Get: { TableName: "Orders" } }] },
    [["dynamodb:GetItem", orders]],
  ],
  ["lambda", "Invoke", { FunctionName: "charge" }, [["lambda:InvokeFunction", at("lambda", "function:charge")]]],
  [
    "lambda",
    "Invoke",
    { FunctionName: "000000000000:function:charge" },
    [["lambda:InvokeFunction", at("lambda", "function:charge")]],
  ],
  [
    "lambda",
    "Invoke",
    { FunctionName: at("lambda", "function:charge"), Qualifier: "live" },
    [["lambda:InvokeFunction", at("lambda", "function:charge:live")]],
  ],
  [
    "events",
    "PutEvents",
    { Entries: [{ EventBusName: "Shop" }, { EventBusName: at("events", "event-bus/Shop") }, {}] },
    [
      ["events:PutEvents", at("events", "event-bus/Shop")],
      ["events:PutEvents", at("events", "event-bus/Shop")],
      ["events:PutEvents", at("events", "event-bus/default")],
    ],
  ],
  [
    "events",
    "DescribeRule",
    { Name: "Charge", EventBusName: "Shop" },
    [["events:DescribeRule", at("events", "rule/Shop/Charge")]],
  ],
  ["events", "DescribeRule", { Name: "Charge" }, [["events:DescribeRule", at("events", "rule/Charge")]]],
  [
    "sqs",
    "SendMessage",
    { QueueUrl: "https://sqs.eu-west-2.amazonaws.com/000000000000/Parked" },
    [["sqs:SendMessage", at("sqs", "Parked")]],
  ],
  [
    "sqs",
    "DeleteMessageBatch",
    { QueueUrl: "https://sqs.eu-west-2.amazonaws.com/000000000000/Parked" },
    [["sqs:DeleteMessage", at("sqs", "Parked")]],
  ],
  [
    "states",
    "StartExecution",
    { stateMachineArn: at("states", "stateMachine:Saga") },
    [["states:StartExecution", at("states", "stateMachine:Saga")]],
  ],
  ["states", "GetExecutionHistory", { executionArn: execution }, [["states:GetExecutionHistory", execution]]],
  ["states", "SendTaskSuccess", { taskToken: "x" }, [["states:SendTaskSuccess", "*"]]],
  ["sts", "GetCallerIdentity", {}, []],
])("%s %s of %j requires %j", (service, operation, input, expected) => {
  const found = required(service, operation, input).map(({ action, resource }) => [action, resource]);
  expect(found).toEqual(expected);
});

test("refuses an operation whose actions are not known by name", () => {
  expect(() => required("dynamodb", "ExecuteStatement", {})).toThrow(
    "the embedded cloud does not know the operation ExecuteStatement (at dynamodb)",
  );
  expect(() => required("dynamodb", "constructor", {})).toThrow("the operation constructor");
});
