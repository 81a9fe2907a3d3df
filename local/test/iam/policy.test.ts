import { describe, expect, test } from "vitest";
import { noTrace } from "../../src/history.ts";
import { callerIdentity } from "../../src/iam/caller-identity.ts";
import { compilePolicy, policyDocument, type PolicyKind } from "../../src/iam/document.ts";
import { Iam, roleArn } from "../../src/iam/iam.ts";
import type { Principal } from "../../src/service.ts";

const table = "arn:aws:dynamodb:eu-west-2:000000000000:table/Orders";
const queue = "arn:aws:sqs:eu-west-2:000000000000:Parked";
const rule = "arn:aws:events:eu-west-2:000000000000:rule/Bus/Charge";
const clerk: Principal = { kind: "role", arn: roleArn("Clerk"), session: "charge-payment" };
const events: Principal = { kind: "service", service: "events.amazonaws.com", sourceArn: rule };

const statements = (kind: PolicyKind, ...sources: object[]) =>
  compilePolicy(policyDocument.parse({ Version: "2012-10-17", Statement: sources }), kind, "a test");

/** An account with one role, Clerk, that has the given statements. */
function account(...identity: object[]): Iam {
  const iam = new Iam();
  const trust = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } };
  iam.addRole(roleArn("Clerk"), statements("trust", trust));
  iam.attachToRole(roleArn("Clerk"), statements("identity", ...identity), "it");
  return iam;
}

const allow = (action: string | string[], resource: string | string[], more: object = {}) => ({
  Effect: "Allow",
  Action: action,
  Resource: resource,
  ...more,
});
const deny = (action: string | string[], resource: string | string[], more: object = {}) => ({
  ...allow(action, resource, more),
  Effect: "Deny",
});
const nothing = () => undefined;
const values = (keys: readonly string[] | undefined) => () => keys;
const allowed = (iam: Iam, principal: Principal, action: string, resource: string) =>
  iam.decide(principal, { action, resource }) === undefined;

describe("an identity policy", () => {
  test("allows what it names and nothing else", () => {
    const iam = account(allow("dynamodb:PutItem", table));
    expect(allowed(iam, clerk, "dynamodb:PutItem", table)).toBe(true);
    expect(allowed(iam, clerk, "dynamodb:DeleteItem", table)).toBe(false);
    expect(allowed(iam, clerk, "dynamodb:PutItem", `${table}2`)).toBe(false);
  });

  test("denies more strongly than any policy allows", () => {
    const iam = account(allow("*", "*"), deny("dynamodb:Delete*", table));
    expect(allowed(iam, clerk, "dynamodb:PutItem", table)).toBe(true);
    expect(iam.decide(clerk, { action: "dynamodb:DeleteItem", resource: table })).toBe(
      "explicit deny in an identity-based policy",
    );
  });

  test.each([
    ["dynamodb:*", "dynamodb:PutItem", true],
    ["dynamodb:Put*", "dynamodb:PutItem", true],
    ["dynamodb:?utItem", "dynamodb:PutItem", true],
    ["DYNAMODB:putitem", "dynamodb:PutItem", true],
    ["*", "dynamodb:PutItem", true],
    ["dynamodb:Put?", "dynamodb:PutItem", false],
    ["dynamodb.PutItem", "dynamodb:PutItem", false],
  ])("with the action %s over %s: %s", (pattern, action, result) => {
    expect(allowed(account(allow(pattern, "*")), clerk, action, table)).toBe(result);
  });

  test.each([
    ["arn:aws:dynamodb:*:*:table/Orders", table, true],
    ["arn:aws:dynamodb:eu-west-2:000000000000:table/*", `${table}/index/ByStatus`, true],
    ["arn:aws:dynamodb:eu-west-2:000000000000:table/Orde??", table, true],
    [
      "arn:aws:lambda:eu-west-2:000000000000:function:charge:*",
      "arn:aws:lambda:eu-west-2:000000000000:function:charge:1",
      true,
    ],
    [
      "arn:aws:lambda:eu-west-2:000000000000:function:charge",
      "arn:aws:lambda:eu-west-2:000000000000:function:charge:1",
      false,
    ],
    // A * at the end of a segment goes beyond the colon, one within a segment does not.
    ["arn:aws:sqs:*", queue, true],
    ["arn:aws:lambda:*:function:a*z", "arn:aws:lambda:eu-west-2:000000000000:function:a:z", false],
    ["arn:aws:dynamodb:eu-west-2:000000000000:table/orders", table, false],
    ["arn:aws:dynamodb:eu-west-2:000000000000:table/Ord.rs", table, false],
  ])("with the resource %s over %s: %s", (pattern, resource, result) => {
    expect(allowed(account(allow("*", pattern)), clerk, "any:Thing", resource)).toBe(result);
  });

  test("may say what it does not mean: NotAction and NotResource", () => {
    const iam = account({ Effect: "Allow", NotAction: "sqs:*", NotResource: queue });
    expect(allowed(iam, clerk, "dynamodb:PutItem", table)).toBe(true);
    expect(allowed(iam, clerk, "sqs:SendMessage", table)).toBe(false);
    expect(allowed(iam, clerk, "dynamodb:PutItem", queue)).toBe(false);
  });

  test("counts from the moment it is attached, whatever was decided before", () => {
    const iam = account();
    expect(allowed(iam, clerk, "dynamodb:PutItem", table)).toBe(false);
    iam.attachToRole(roleArn("Clerk"), statements("identity", allow("dynamodb:PutItem", table)), "it");
    expect(allowed(iam, clerk, "dynamodb:PutItem", table)).toBe(true);
  });
});

describe("a resource policy", () => {
  const fromRule = {
    Principal: { Service: "events.amazonaws.com" },
    Condition: { ArnEquals: { "aws:SourceArn": rule } },
  };

  test("lets a service in for the source it names", () => {
    const iam = account();
    iam.attachToResource(queue, statements("resource", allow("sqs:SendMessage", queue, fromRule)), "it");
    expect(allowed(iam, events, "sqs:SendMessage", queue)).toBe(true);
    expect(allowed(iam, { ...events, sourceArn: `${rule}2` }, "sqs:SendMessage", queue)).toBe(false);
    expect(allowed(iam, { ...events, service: "sns.amazonaws.com" }, "sqs:SendMessage", queue)).toBe(false);
    expect(iam.decide(events, { action: "sqs:ReceiveMessage", resource: queue })).toBe("no resource-based policy");
  });

  test("is enough for a role of the same account", () => {
    const iam = account();
    iam.attachToResource(
      queue,
      statements("resource", allow("sqs:SendMessage", queue, { Principal: { AWS: roleArn("Clerk") } })),
      "it",
    );
    expect(allowed(iam, clerk, "sqs:SendMessage", queue)).toBe(true);
  });

  test("that allows the account leaves the decision to identity policies", () => {
    const iam = account();
    iam.attachToResource(
      queue,
      statements("resource", allow("sqs:*", queue, { Principal: { AWS: "arn:aws:iam::000000000000:root" } })),
      "it",
    );
    expect(allowed(iam, clerk, "sqs:SendMessage", queue)).toBe(false);
  });

  test("that denies everyone without TLS denies nobody here, where every call has it", () => {
    const iam = account(allow("sqs:*", queue));
    const insecure = { Principal: { AWS: "*" }, Condition: { Bool: { "aws:SecureTransport": "false" } } };
    iam.attachToResource(queue, statements("resource", deny("sqs:*", queue, insecure)), "it");
    expect(allowed(iam, clerk, "sqs:SendMessage", queue)).toBe(true);
    iam.attachToResource(queue, statements("resource", deny("sqs:Purge*", queue, { Principal: "*" })), "it");
    expect(iam.decide(clerk, { action: "sqs:PurgeQueue", resource: queue })).toBe(
      "explicit deny in a resource-based policy",
    );
  });
});

test.each([
  ["StringEquals", { "aws:SourceAccount": "000000000000" }, true],
  ["StringEquals", { "aws:SourceAccount": ["1", "000000000000"] }, true],
  ["StringNotEquals", { "aws:SourceAccount": "000000000000" }, false],
  ["StringLike", { "aws:SourceAccount": "0*0" }, true],
  ["StringEqualsIgnoreCase", { "AWS:SourceArn": rule.toUpperCase() }, true],
  ["ArnLike", { "aws:SourceArn": "arn:aws:events:*:000000000000:rule/Bus/*" }, true],
  ["ArnLike", { "aws:SourceArn": "arn:aws:events:eu-west-2:000000000000:rule/Other/*" }, false],
  ["ArnNotLike", { "aws:SourceArn": "arn:aws:events:*:*:rule/Other/*" }, true],
  ["Bool", { "aws:SecureTransport": true }, true],
  ["Null", { "aws:PrincipalArn": "true" }, true],
  ["Null", { "aws:SourceArn": "true" }, false],
  ["StringEquals", { "aws:PrincipalArn": "x" }, false],
  ["StringNotEquals", { "aws:PrincipalArn": "x" }, true],
  ["StringEqualsIfExists", { "aws:PrincipalArn": "x" }, true],
])("the condition %s %j on a call of a rule holds: %s", (operator, keys, result) => {
  const iam = account();
  const condition = { Principal: { Service: "events.amazonaws.com" }, Condition: { [operator]: keys } };
  iam.attachToResource(queue, statements("resource", allow("sqs:SendMessage", queue, condition)), "it");
  expect(allowed(iam, events, "sqs:SendMessage", queue)).toBe(result);
});

const may = (operator: string, keys: readonly string[] | undefined) => {
  const condition = { Condition: { [operator]: { "dynamodb:LeadingKeys": ["A#*", "B"] } } };
  const iam = account(allow("dynamodb:PutItem", table, condition));
  return iam.decide(clerk, { action: "dynamodb:PutItem", resource: table }, values(keys)) === undefined;
};

describe("a condition over the values of a request", () => {
  test.each([
    ["ForAllValues:StringLike", ["A#1", "B"], true],
    ["ForAllValues:StringLike", ["A#1", "C"], false],
    ["ForAllValues:StringEquals", ["A#1"], false],
    ["ForAnyValue:StringLike", ["A#1", "C"], true],
    ["ForAnyValue:StringLike", ["C"], false],
    ["ForAllValues:StringNotLike", ["C", "D"], true],
    ["ForAllValues:StringNotLike", ["C", "B"], false],
    ["ForAnyValue:StringNotLike", ["C", "B"], true],
    ["ForAnyValue:StringNotLike", ["A#1", "B"], false],
    // What is not in the request passes ForAllValues and fails ForAnyValue.
    ["ForAllValues:StringLike", undefined, true],
    ["ForAllValues:StringLike", [], true],
    ["ForAnyValue:StringLike", undefined, false],
    ["ForAnyValue:StringNotLike", undefined, false],
    ["ForAnyValue:StringLikeIfExists", undefined, true],
  ])("%s over %j holds: %s", (operator, keys, result) => {
    expect(may(operator, keys)).toBe(result);
  });

  test("is asked anew for each request", () => {
    const condition = { Condition: { StringEquals: { "events:source": "shop" } } };
    const iam = account(allow("events:PutEvents", "*", condition));
    const required = { action: "events:PutEvents", resource: rule };
    expect(iam.decide(clerk, required, values(["shop"]))).toBeUndefined();
    expect(iam.decide(clerk, required, values(["lambda"]))).toBe("no identity-based policy");
    expect(iam.decide(clerk, required, values(["shop"]))).toBeUndefined();
  });
});

test("the operator takes on a role that trusts the account, and no other", () => {
  const iam = new Iam();
  const assumed = (principal: object) => {
    const arn = roleArn(JSON.stringify(principal));
    iam.addRole(arn, statements("trust", { Effect: "Allow", Action: "sts:AssumeRole", Principal: principal }));
    return () => iam.assume(arn);
  };
  expect(assumed({ AWS: "arn:aws:iam::000000000000:root" })).not.toThrow();
  expect(assumed({ AWS: "*" })).not.toThrow();
  expect(assumed({ Service: "lambda.amazonaws.com" })).toThrow("is not authorized to perform: sts:AssumeRole");
  expect(() => iam.assume(roleArn("Nobody"))).toThrow("is not authorized to perform: sts:AssumeRole");
});

test("the operator may do everything, denied or not", () => {
  const iam = account();
  iam.attachToResource(queue, statements("resource", deny("*", queue, { Principal: "*" })), "it");
  expect(() =>
    iam.authorize({ kind: "operator" }, { action: "sqs:SendMessage", resource: queue }, nothing),
  ).not.toThrow();
});

test("GetCallerIdentity tells a role by its session, and the operator by the account", () => {
  const sts = callerIdentity(account());
  const asked = (principal: Principal) => sts.call("GetCallerIdentity", {}, { principal, trace: noTrace });
  expect(asked(clerk)).toEqual({
    Account: "000000000000",
    Arn: "arn:aws:sts::000000000000:assumed-role/Clerk/charge-payment",
    UserId: "AROA00000000000000001:charge-payment",
  });
  expect(asked({ kind: "operator" })).toEqual({
    Account: "000000000000",
    Arn: "arn:aws:iam::000000000000:root",
    UserId: "000000000000",
  });
});

test("a role is trusted with the services its trust policy names, under its conditions", () => {
  const iam = new Iam();
  const source = {
    Condition: { ArnLike: { "aws:SourceArn": "arn:aws:states:eu-west-2:000000000000:stateMachine:*" } },
  };
  const trust = {
    Effect: "Allow",
    Action: "sts:AssumeRole",
    Principal: { Service: "states.amazonaws.com" },
    ...source,
  };
  iam.addRole(roleArn("Machine"), statements("trust", trust));
  const machine = "arn:aws:states:eu-west-2:000000000000:stateMachine:Saga";
  expect(iam.trusts(roleArn("Machine"), "states.amazonaws.com", machine)).toBe(true);
  expect(iam.trusts(roleArn("Machine"), "states.amazonaws.com", rule)).toBe(false);
  expect(iam.trusts(roleArn("Machine"), "lambda.amazonaws.com", machine)).toBe(false);
  expect(iam.trusts(roleArn("Nobody"), "states.amazonaws.com", machine)).toBe(false);
});

const machineIn = (region: string) => `arn:aws:states:${region}:000000000000:stateMachine:Saga`;

test("a role may trust Step Functions by the name it has in its Region", () => {
  const iam = new Iam();
  const trust = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "states.eu-west-2.amazonaws.com" } };
  iam.addRole(roleArn("Machine"), statements("trust", trust));
  expect(iam.trusts(roleArn("Machine"), "states.amazonaws.com", machineIn("eu-west-2"))).toBe(true);
  expect(iam.trusts(roleArn("Machine"), "states.amazonaws.com", machineIn("us-east-1"))).toBe(false);
});

test.each([
  [
    "dynamodb:PutItem",
    table,
    "AccessDeniedException",
    400,
    "User: arn:aws:sts::000000000000:assumed-role/Clerk/charge-payment is not authorized to perform: " +
      `dynamodb:PutItem on resource: ${table} because no identity-based policy allows the dynamodb:PutItem ` +
      "action",
  ],
  [
    "lambda:InvokeFunction",
    "arn:aws:lambda:eu-west-2:000000000000:function:f",
    "AccessDeniedException",
    403,
    "because no identity-based policy allows the lambda:InvokeFunction action",
  ],
  [
    "sqs:SendMessage",
    queue,
    "AccessDenied",
    403,
    "is not authorized to perform: sqs:sendmessage on resource: arn:aws:sqs:eu-west-2:000000000000:Parked " +
      "because no identity-based policy allows the sqs:sendmessage action",
  ],
  ["events:PutEvents", rule, "AccessDeniedException", 400, "with an explicit deny in an identity-based policy"],
])("denies %s in the words of AWS", (action, resource, code, statusCode, message) => {
  const iam = account(deny("events:*", "*"));
  const error = expect.objectContaining({ code, statusCode, message: expect.stringContaining(message) as unknown });
  expect(() => iam.authorize(clerk, { action, resource }, nothing)).toThrow(error as Error);
});

test.each([
  [
    "a condition operator",
    allow("*", "*", { Condition: { DateLessThan: { "aws:SourceArn": "x" } } }),
    "the condition operator DateLessThan",
  ],
  [
    "a condition key",
    allow("*", "*", { Condition: { StringEquals: { "dynamodb:Attributes": "x" } } }),
    "the condition key dynamodb:Attributes",
  ],
  [
    "a set operator that is none",
    allow("*", "*", { Condition: { "ForMostValues:StringEquals": { "dynamodb:LeadingKeys": "x" } } }),
    "the condition operator ForMostValues:StringEquals",
  ],
  [
    "a multivalued key without a set operator",
    allow("*", "*", { Condition: { StringEquals: { "dynamodb:LeadingKeys": "x" } } }),
    "the condition operator StringEquals without ForAllValues or ForAnyValue for dynamodb:LeadingKeys",
  ],
  [
    "a policy variable",
    allow("*", "arn:aws:sqs:::${aws:username}"),
    "the policy variable in arn:aws:sqs:::${aws:username}",
  ],
  ["a resource that is no ARN", allow("*", "Orders"), 'Resource Orders must be in ARN format or "*"'],
  [
    "a principal where there is none",
    allow("*", "*", { Principal: "*" }),
    "a statement with a Principal in a policy of kind identity",
  ],
  [
    "a statement without an action",
    { Effect: "Allow", Resource: "*" },
    "a statement with neither of Action and NotAction",
  ],
])("refuses %s by name", (_name, statement, message) => {
  expect(() => account(statement)).toThrow(message);
});

const withPrincipal = (principal: object) => () => statements("resource", allow("*", "*", { Principal: principal }));

test("refuses principals of other accounts and kinds by name", () => {
  expect(withPrincipal({ AWS: "arn:aws:iam::123456789012:root" })).toThrow(
    "the principal arn:aws:iam::123456789012:root",
  );
  expect(withPrincipal({ Federated: "x" })).toThrow("the principal kind Federated");
});
