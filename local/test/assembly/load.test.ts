import { expect, test } from "vitest";
import { z } from "zod";
import { deployStacks } from "../../src/assembly/load.ts";
import type { AssembledStack } from "../../src/assembly/manifest.ts";
import { resourceType } from "../../src/assembly/resource-type.ts";
import { Ids } from "../../src/identity.ts";

const region = "eu-west-2";

/** A resource type that keeps what it is given, and tells in which order its resources were made. */
function things() {
  const made: string[] = [];
  const values: Record<string, unknown> = {};
  const thing = resourceType({
    type: "Test::Thing",
    properties: z.strictObject({
      Value: z.unknown().optional(),
      Size: z.number().optional(),
      Inner: z.strictObject({ Name: z.string() }).optional(),
    }),
    create(properties, { logicalId }) {
      made.push(logicalId);
      values[logicalId] = properties.Value;
      return { ref: `ref-${logicalId}`, attributes: { Arn: `arn:aws:test:eu-west-2:000000000000:thing/${logicalId}` } };
    },
  });
  return { made, values, types: new Map([[thing.type, thing]]) };
}

const stack = (template: unknown, over: Partial<AssembledStack> = {}): AssembledStack => ({
  stackName: "Shop",
  template,
  dependencies: [],
  assets: new Map(),
  environment: "aws://unknown-account/unknown-region",
  ...over,
});

const thing = (value: unknown, more: object = {}) => ({ Type: "Test::Thing", Properties: { Value: value }, ...more });

/** The value a property has after every intrinsic in it is resolved. */
function valueOf(expression: unknown, sections: object = {}): unknown {
  const { values, types } = things();
  deployStacks([stack({ ...sections, Resources: { Other: thing("other"), It: thing(expression) } })], {
    types,
    region,
    ids: new Ids(),
  });
  return values["It"];
}

function refusal(...stacks: AssembledStack[]): string {
  try {
    deployStacks(stacks, { types: things().types, region, ids: new Ids() });
  } catch (error) {
    return String(error);
  }
  return "nothing was refused";
}

test.each([
  ["Ref of a resource", { Ref: "Other" }, "ref-Other"],
  ["Ref of the Region", { Ref: "AWS::Region" }, "eu-west-2"],
  ["Ref of the account", { Ref: "AWS::AccountId" }, "000000000000"],
  ["Ref of the partition", { Ref: "AWS::Partition" }, "aws"],
  ["Ref of the stack's name", { Ref: "AWS::StackName" }, "Shop"],
  ["Ref of the URL suffix", { Ref: "AWS::URLSuffix" }, "amazonaws.com"],
  ["Fn::GetAtt as a list", { "Fn::GetAtt": ["Other", "Arn"] }, "arn:aws:test:eu-west-2:000000000000:thing/Other"],
  ["Fn::GetAtt as a string", { "Fn::GetAtt": "Other.Arn" }, "arn:aws:test:eu-west-2:000000000000:thing/Other"],
  ["Fn::Join", { "Fn::Join": ["-", ["a", 1, { Ref: "Other" }]] }, "a-1-ref-Other"],
  ["Fn::Join over Fn::Split", { "Fn::Join": ["/", { "Fn::Split": [":", "a:b:c"] }] }, "a/b/c"],
  [
    "Fn::Sub",
    { "Fn::Sub": "${AWS::Region}/${Other}/${Other.Arn}/${!Literal}" },
    "eu-west-2/ref-Other/arn:aws:test:eu-west-2:000000000000:thing/Other/${Literal}",
  ],
  [
    "Fn::Sub with variables of its own",
    { "Fn::Sub": ["${Own}-${Other}", { Own: { Ref: "AWS::Region" } }] },
    "eu-west-2-ref-Other",
  ],
  [
    "Fn::Select over an attribute",
    { "Fn::Select": [2, { "Fn::Split": [":", { "Fn::GetAtt": ["Other", "Arn"] }] }] },
    "test",
  ],
  ["Fn::Select with a string for index", { "Fn::Select": ["1", ["a", "b"]] }, "b"],
  ["Fn::Base64", { "Fn::Base64": "hello" }, "aGVsbG8="],
  ["AWS::NoValue in an object", { a: 1, b: { Ref: "AWS::NoValue" } }, { a: 1 }],
  ["AWS::NoValue in a list", [1, { Ref: "AWS::NoValue" }, 3], [1, 3]],
  [
    "an object with no intrinsic",
    { Condition: "x", deep: [{ null: null }] },
    { Condition: "x", deep: [{ null: null }] },
  ],
])("resolves %s", (_name, expression, value) => {
  expect(valueOf(expression)).toEqual(value);
});

test("takes parameters by their defaults, and a list parameter as a list", () => {
  const Parameters = {
    Stage: { Type: "String", Default: "test" },
    Zones: { Type: "CommaDelimitedList", Default: "a, b" },
  };
  expect(valueOf([{ Ref: "Stage" }, { Ref: "Zones" }], { Parameters })).toEqual(["test", ["a", "b"]]);
});

test("looks values up in mappings", () => {
  const Mappings = { Sizes: { "eu-west-2": { small: 3 } } };
  expect(valueOf({ "Fn::FindInMap": ["Sizes", { Ref: "AWS::Region" }, "small"] }, { Mappings })).toBe(3);
});

test("decides conditions, for values and for whole resources", () => {
  const { made, values, types } = things();
  const Conditions = {
    Here: { "Fn::Equals": [{ Ref: "AWS::Region" }, "eu-west-2"] },
    Elsewhere: { "Fn::Not": [{ Condition: "Here" }] },
    Both: { "Fn::And": [{ Condition: "Here" }, { Condition: "Elsewhere" }] },
    Either: { "Fn::Or": [{ Condition: "Elsewhere" }, { Condition: "Here" }] },
  };
  deployStacks(
    [
      stack({
        Conditions,
        Resources: {
          Value: thing([{ "Fn::If": ["Here", "yes", { Ref: "Nothing" }] }, { "Fn::If": ["Both", "yes", "no"] }]),
          Kept: thing(1, { Condition: "Either" }),
          Dropped: { Type: "Unknown::Type", Condition: "Elsewhere" },
        },
      }),
    ],
    { types, region, ids: new Ids() },
  );
  expect(values["Value"]).toEqual(["yes", "no"]);
  expect(made).toEqual(["Value", "Kept"]);
});

test("creates a resource after those it refers to or depends on, and otherwise in the template's order", () => {
  const { made, types } = things();
  deployStacks(
    [
      stack({
        Resources: {
          Last: thing({ "Fn::Sub": "${Middle.Arn}" }),
          Middle: thing([{ Ref: "First" }]),
          Free: thing(1),
          First: thing(1, { DependsOn: ["Before"] }),
          Before: thing(1),
        },
      }),
    ],
    { types, region, ids: new Ids() },
  );
  expect(made).toEqual(["Before", "First", "Middle", "Last", "Free"]);
});

test("gives a stack's outputs, and its exports to other stacks", () => {
  const { made, values, types } = things();
  const exporting = stack(
    {
      Resources: { Table: thing(1) },
      Outputs: { TableName: { Value: { Ref: "Table" }, Export: { Name: { "Fn::Sub": "${AWS::StackName}-table" } } } },
    },
    { stackName: "Data" },
  );
  const importing = stack(
    { Resources: { Reader: thing({ "Fn::ImportValue": "Data-table" }) } },
    { dependencies: ["Data"] },
  );
  const { stacks } = deployStacks([importing, exporting], { types: types, region, ids: new Ids() });
  expect(values["Reader"]).toBe("ref-Table");
  expect(made).toEqual(["Table", "Reader"]);
  expect(stacks.get("Data")).toEqual({
    stackName: "Data",
    outputs: { TableName: "ref-Table" },
    resources: {
      Table: {
        type: "Test::Thing",
        physicalId: "ref-Table",
        attributes: { Arn: "arn:aws:test:eu-west-2:000000000000:thing/Table" },
      },
    },
  });
});

test("accepts what CDK writes about itself", () => {
  const template = {
    Resources: { CDKMetadata: { Type: "AWS::CDK::Metadata", Properties: { Analytics: "v2" }, Metadata: {} } },
    Parameters: {
      BootstrapVersion: { Type: "AWS::SSM::Parameter::Value<String>", Default: "/cdk-bootstrap/hnb659fds/version" },
    },
    Rules: { CheckBootstrapVersion: { Assertions: [] } },
  };
  expect(refusal(stack(template))).toBe("nothing was refused");
});

test.each([
  [
    "a resource type",
    { It: { Type: "AWS::EC2::Vpc" } },
    "the resource type AWS::EC2::Vpc (at stack Shop, resource It)",
  ],
  ["a nested stack", { It: { Type: "AWS::CloudFormation::Stack" } }, "nested stacks (AWS::CloudFormation::Stack)"],
  [
    "a property",
    { It: { Type: "Test::Thing", Properties: { Colour: 1 } } },
    "the property Colour of Test::Thing (at stack Shop, resource It)",
  ],
  [
    "a property within a property",
    { It: { Type: "Test::Thing", Properties: { Inner: { Name: "a", Colour: 1 } } } },
    "the property Inner.Colour of Test::Thing",
  ],
  [
    "a property's value",
    { It: { Type: "Test::Thing", Properties: { Size: "big" } } },
    "this value of Size of Test::Thing: Invalid input: expected number",
  ],
  [
    "an intrinsic function",
    { It: thing({ a: [{ "Fn::Cidr": [1, 2, 3] }] }) },
    "the intrinsic function Fn::Cidr (at stack Shop, resource It, Properties.Value.a[0])",
  ],
  [
    "an attribute of a resource",
    { It: thing({ "Fn::GetAtt": ["Other", "Colour"] }), Other: thing(1) },
    "the attribute Colour of Test::Thing (at stack Shop, resource It, Properties.Value, of Other)",
  ],
  [
    "an attribute of the resource element",
    { It: thing(1, { CreationPolicy: {} }) },
    "the property Resources.It.CreationPolicy of the template (at stack Shop)",
  ],
  [
    "a dynamic reference",
    { It: thing("{{resolve:secretsmanager:a}}") },
    "the dynamic reference {{resolve:secretsmanager:…}}",
  ],
  ["a pseudo parameter", { It: thing({ Ref: "AWS::NotificationARNs" }) }, "the pseudo parameter AWS::NotificationARNs"],
  [
    "a reference to nothing",
    { It: thing({ Ref: "Nothing" }) },
    "unresolved resource dependencies [Nothing] in stack Shop",
  ],
  ["a dependency on nothing", { It: thing(1, { DependsOn: "Nothing" }) }, "unresolved resource dependencies [Nothing]"],
  ["an import of nothing", { It: thing({ "Fn::ImportValue": "nothing" }) }, "no export named nothing found"],
  [
    "a circle",
    { A: thing({ Ref: "B" }), B: thing({ Ref: "C" }), C: thing({ Ref: "A" }) },
    "circular dependency between resources: A -> B -> C -> A",
  ],
])("refuses %s by name", (_name, Resources, message) => {
  expect(refusal(stack({ Resources }))).toContain(message);
});

test.each([
  [
    "a template section",
    { Transform: "AWS::Serverless-2016-10-31" },
    "the property Transform of the template (at stack Shop)",
  ],
  [
    "a parameter without a default",
    { Parameters: { Stage: { Type: "String" } }, Resources: { It: thing({ Ref: "Stage" }) } },
    "the parameter Stage without a Default",
  ],
  [
    "a parameter read from another service",
    {
      Parameters: { A: { Type: "AWS::SSM::Parameter::Value<String>", Default: "/a" } },
      Resources: { It: thing({ Ref: "A" }) },
    },
    "a parameter of type AWS::SSM::Parameter::Value<String>",
  ],
  [
    "a condition function",
    { Conditions: { C: { "Fn::Contains": [[1], 1] } }, Resources: { It: thing(1, { Condition: "C" }) } },
    "the condition function Fn::Contains (at stack Shop, condition C)",
  ],
  [
    "a condition that depends on itself",
    { Conditions: { C: { "Fn::Not": [{ Condition: "C" }] } }, Resources: { It: thing(1, { Condition: "C" }) } },
    "condition C depends on itself",
  ],
])("refuses %s by name", (_name, template, message) => {
  expect(refusal(stack({ Resources: {}, ...template }))).toContain(message);
});

test("refuses a stack that is made for another account or Region", () => {
  expect(refusal(stack({}, { environment: "aws://123456789012/eu-west-2" }))).toContain(
    "a stack for the account 123456789012",
  );
  expect(refusal(stack({}, { environment: "aws://unknown-account/us-east-1" }))).toContain(
    "a stack for the Region us-east-1",
  );
});

test("lists every refusal of every stack at once, and creates nothing", () => {
  const { made, types } = things();
  const one = stack({
    Resources: {
      Fine: thing(1),
      A: { Type: "AWS::EC2::Vpc" },
      B: { Type: "Test::Thing", Properties: { X: { "Fn::Cidr": 1 } } },
    },
  });
  const two = stack({ Resources: { C: { Type: "AWS::S3::Bucket" } } }, { stackName: "Other" });
  expect(() => deployStacks([one, two], { types: types, region, ids: new Ids() })).toThrow(
    [
      "the embedded cloud refuses the assembly for 4 reasons:",
      "- the embedded cloud does not know the resource type AWS::EC2::Vpc (at stack Shop, resource A)",
      "- the embedded cloud does not know the intrinsic function Fn::Cidr (at stack Shop, resource B, Properties.X)",
      "- the embedded cloud does not know the property X of Test::Thing (at stack Shop, resource B)",
      "- the embedded cloud does not know the resource type AWS::S3::Bucket (at stack Other, resource C)",
    ].join("\n"),
  );
  expect(made).toEqual([]);
});
