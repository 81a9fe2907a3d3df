import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsError, UnknownFeature } from "../../src/errors.ts";
import { noTrace } from "../../src/history.ts";
import { openServices } from "../../src/open-services.ts";
import type { Caller } from "../../src/service.ts";
import { services } from "../../src/services.ts";

const operator: Caller = { principal: { kind: "operator" }, trace: noTrace };

const code = mkdtempSync(join(tmpdir(), "fuzz-"));
writeFileSync(join(code, "index.js"), "exports.handler = async (event) => event;");
writeFileSync(
  join(code, "durable.js"),
  "exports.handler = () => new Promise((end) => setTimeout(() => end({ Status: 'PENDING' }), 600_000));",
);

/** What stands in the world that calls are made in: one resource of each kind. */
const resources: readonly (readonly [string, string, object])[] = [
  ["AWS::IAM::Role", "Role", { RoleName: "anyone", AssumeRolePolicyDocument: trusting() }],
  ["AWS::SQS::Queue", "Queue", { QueueName: "queue" }],
  ["AWS::Lambda::Function", "Function", functionProperties()],
  ["AWS::Lambda::Function", "Durable", durableProperties()],
  ["AWS::Lambda::EventInvokeConfig", "Config", { FunctionName: "function", Qualifier: "$LATEST" }],
  ["AWS::Events::Rule", "Rule", { Name: "rule", EventPattern: { source: ["orders"] } }],
  ["AWS::Events::Archive", "Archive", { ArchiveName: "archive", SourceArn: arn("events", "event-bus/default") }],
  ["AWS::DynamoDB::Table", "Table", tableProperties()],
  ["AWS::StepFunctions::StateMachine", "Machine", machineProperties("machine", "STANDARD")],
  ["AWS::StepFunctions::StateMachine", "Express", machineProperties("express", "EXPRESS")],
  ["AWS::StepFunctions::Activity", "Activity", { Name: "activity" }],
];

export function arn(service: string, resource: string): string {
  return `arn:aws:${service}:eu-west-2:000000000000:${resource}`;
}

/** How a call ended: with an answer, an error that AWS would give, or a refusal by name. Anything else is thrown. */
export type Ending = { readonly answer: unknown } | { readonly error: AwsError } | { readonly refused: UnknownFeature };

/** A cloud with one resource of each kind, and a way to call it. */
export function openWorld() {
  const { api, clock, resourceTypes } = openServices(services);
  for (const [type, logicalId, properties] of resources) {
    const found = resourceTypes.get(type)!;
    found.create(found.properties.parse(properties), { stackName: "fuzz", logicalId, asset: () => code });
  }
  return {
    call: async (service: string, operation: string, input: unknown): Promise<Ending> => {
      const ended = api(operator, service, operation, input as Readonly<Record<string, unknown>>).then(
        (answer): Ending => ({ answer }),
        endingOf,
      );
      // What takes virtual time is answered within the longest of waits.
      const led = clock.run({ untilMs: clock.nowMs + 120_000 }).then(() => undefined, endingOf);
      return (await led) ?? ended;
    },
  };
}

/** @throws the error again, where it is neither AWS's nor a refusal */
function endingOf(error: unknown): Ending {
  if (error instanceof AwsError) return { error };
  if (error instanceof UnknownFeature) return { refused: error };
  throw error;
}

function trusting(): object {
  const Service = ["lambda", "states", "events"].map((name) => `${name}.amazonaws.com`);
  return { Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service } }] };
}

function functionProperties(): object {
  return {
    FunctionName: "function",
    Code: { S3Bucket: "assets", S3Key: "code" },
    Handler: "index.handler",
    Runtime: "nodejs24.x",
    Role: "arn:aws:iam::000000000000:role/anyone",
  };
}

function durableProperties(): object {
  const DurableConfig = { ExecutionTimeout: 86_400 };
  return {
    ...functionProperties(),
    FunctionName: "durable",
    Handler: "durable.handler",
    Timeout: 900,
    DurableConfig,
  };
}

function tableProperties(): object {
  return {
    TableName: "table",
    KeySchema: [
      { AttributeName: "id", KeyType: "HASH" },
      { AttributeName: "line", KeyType: "RANGE" },
    ],
    AttributeDefinitions: [
      { AttributeName: "id", AttributeType: "S" },
      { AttributeName: "line", AttributeType: "N" },
    ],
    BillingMode: "PAY_PER_REQUEST",
  };
}

function machineProperties(StateMachineName: string, StateMachineType: string): object {
  const Definition = { StartAt: "Done", States: { Done: { Type: "Pass", End: true } } };
  return { StateMachineName, StateMachineType, Definition, RoleArn: "arn:aws:iam::000000000000:role/anyone" };
}
