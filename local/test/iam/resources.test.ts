import { expect, test } from "vitest";
import { deployStacks } from "../../src/assembly/load.ts";
import { Iam, roleArn } from "../../src/iam/iam.ts";
import { resourcePolicyResources } from "../../src/iam/resource-policies.ts";
import { roleResources } from "../../src/iam/role-resources.ts";
import { Ids } from "../../src/identity.ts";
import type { Principal } from "../../src/service.ts";

const region = "eu-west-2";
const trust = {
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } }],
};
const role = (more: object = {}) => ({
  Type: "AWS::IAM::Role",
  Properties: { AssumeRolePolicyDocument: trust, ...more },
});
const grant = (action: string) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: action, Resource: "*" }],
});
const managed = (name: string) => ({
  "Fn::Join": ["", ["arn:", { Ref: "AWS::Partition" }, `:iam::aws:policy/${name}`]],
});

/** The account after a stack named Shop with these resources was deployed. */
function deployed(Resources: object): Iam {
  const iam = new Iam();
  const types = [...roleResources(iam), ...resourcePolicyResources(iam, region)];
  const stack = {
    stackName: "Shop",
    template: { Resources },
    dependencies: [],
    assets: new Map<string, string>(),
    environment: "aws://unknown-account/unknown-region",
  };
  deployStacks([stack], { types: new Map(types.map((type) => [type.type, type])), region, ids: new Ids() });
  return iam;
}

const clerk: Principal = { kind: "role", arn: roleArn("Shop-Clerk") };
const calledBy = (sourceArn: string): Principal => ({ kind: "service", service: "events.amazonaws.com", sourceArn });
const may = (
  iam: Iam,
  action: string,
  resource = "arn:aws:sqs:eu-west-2:000000000000:Any",
  principal: Principal = clerk,
) => iam.decide(principal, { action, resource }) === undefined;

test("a role has its inline, its attached and its managed policies", () => {
  const iam = deployed({
    Clerk: role({
      Policies: [{ PolicyName: "Inline", PolicyDocument: grant("sqs:SendMessage") }],
      ManagedPolicyArns: [managed("service-role/AWSLambdaBasicExecutionRole"), { Ref: "Own" }],
    }),
    Attached: {
      Type: "AWS::IAM::Policy",
      Properties: { PolicyName: "Attached", PolicyDocument: grant("sqs:PurgeQueue"), Roles: [{ Ref: "Clerk" }] },
    },
    Own: { Type: "AWS::IAM::ManagedPolicy", Properties: { PolicyDocument: grant("sqs:DeleteMessage") } },
  });
  expect(
    ["sqs:SendMessage", "sqs:PurgeQueue", "sqs:DeleteMessage", "logs:PutLogEvents"].every((action) => may(iam, action)),
  ).toBe(true);
  expect(may(iam, "sqs:ReceiveMessage")).toBe(false);
});

test("refuses a managed policy of AWS that is not written out", () => {
  const powerful = { Clerk: role({ ManagedPolicyArns: [managed("PowerUserAccess")] }) };
  expect(() => deployed(powerful)).toThrow(
    "the managed policy arn:aws:iam::aws:policy/PowerUserAccess (at stack Shop, resource Clerk)",
  );
});

test("refuses what it cannot decide by, with the resource that has it", () => {
  const conditional = {
    Statement: [
      { Effect: "Allow", Action: "*", Resource: "*", Condition: { StringEquals: { "aws:RequestTag/x": "y" } } },
    ],
  };
  const policies = { Clerk: role({ Policies: [{ PolicyName: "P", PolicyDocument: conditional }] }) };
  expect(() => deployed(policies)).toThrow("the condition key aws:RequestTag/x (at stack Shop, resource Clerk)");
  expect(() => deployed({ Clerk: role({ PermissionsBoundary: "x" }) })).toThrow(
    "the property PermissionsBoundary of AWS::IAM::Role",
  );
});

test("a permission lets one rule invoke one function", () => {
  const functionArn = "arn:aws:lambda:eu-west-2:000000000000:function:charge";
  const ruleArn = "arn:aws:events:eu-west-2:000000000000:rule/Shop/Charge";
  const rule = calledBy(ruleArn);
  const properties = {
    Action: "lambda:InvokeFunction",
    FunctionName: functionArn,
    Principal: "events.amazonaws.com",
    SourceArn: ruleArn,
  };
  expect(may(deployed({}), "lambda:InvokeFunction", functionArn, rule)).toBe(false);
  const iam = deployed({ Permission: { Type: "AWS::Lambda::Permission", Properties: properties } });
  expect(may(iam, "lambda:InvokeFunction", functionArn, rule)).toBe(true);
  expect(may(iam, "lambda:InvokeFunction", `${functionArn}2`, rule)).toBe(false);
  expect(may(iam, "lambda:InvokeFunction", functionArn, calledBy(`${ruleArn}2`))).toBe(false);
});

test("a queue policy lets one rule send messages", () => {
  const ruleArn = "arn:aws:events:eu-west-2:000000000000:rule/Shop/Charge";
  const queueArn = "arn:aws:sqs:eu-west-2:000000000000:Parked";
  const statement = {
    Effect: "Allow",
    Action: "sqs:SendMessage",
    Resource: queueArn,
    Principal: { Service: "events.amazonaws.com" },
    Condition: { ArnEquals: { "aws:SourceArn": ruleArn } },
  };
  const policy = {
    Type: "AWS::SQS::QueuePolicy",
    Properties: {
      PolicyDocument: { Statement: [statement] },
      Queues: ["https://sqs.eu-west-2.amazonaws.com/000000000000/Parked"],
    },
  };
  const iam = deployed({ Policy: policy });
  expect(may(iam, "sqs:SendMessage", queueArn, calledBy(ruleArn))).toBe(true);
  expect(() => deployed({ Policy: policy, Second: policy })).toThrow(
    `a second policy for the queue ${queueArn} (at stack Shop, resource Second`,
  );
});
