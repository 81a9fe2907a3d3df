import { describe, expect, test } from "vitest";
import { stateMachineResources } from "../../src/states/resources.ts";
import { errorOf, openStepFunctions, passing, task } from "./open-step-functions.ts";

const pass = (fields: object) => ({ StartAt: "It", States: { It: { Type: "Pass", End: true, ...fields } } });
const sdk = "arn:aws:states:::aws-sdk:";

describe("what is not known is refused by name before anything runs", () => {
  test.each([
    ["the state type Loop (at /States/It)", { StartAt: "It", States: { It: { Type: "Loop", End: true } } }],
    ["the field Colour of a state machine definition (at /States/It)", pass({ Colour: "red" })],
    [
      "the field ItemReader of a state machine definition",
      { StartAt: "It", States: { It: { Type: "Map", ItemReader: {}, ItemProcessor: passing, End: true } } },
    ],
    ["the intrinsic function States.Shout", pass({ Parameters: { "a.$": "States.Shout($.a)" } })],
    ["the JSONPath syntax", pass({ InputPath: "$.list.length()" })],
    ["the task resource arn:aws:states:::sns:publish", task("arn:aws:states:::sns:publish")],
    [`the task resource ${sdk}s3:getObject`, task(`${sdk}s3:getObject`)],
    [
      "the choice operator NumericNear",
      { StartAt: "It", States: { It: { Type: "Choice", Choices: [{ Variable: "$", NumericNear: 1, Next: "It" }] } } },
    ],
    ["the JSONata function $eval", { QueryLanguage: "JSONata", ...pass({ Output: "{% $eval('1') %}" }) }],
    [
      "(at /States/Both/Branches[0]/States/In)",
      {
        StartAt: "Both",
        States: {
          Both: {
            Type: "Parallel",
            End: true,
            Branches: [{ StartAt: "In", States: { In: { Type: "Pass", End: true, Odd: 1 } } }],
          },
        },
      },
    ],
  ])("%s", (feature, definition) => {
    const { create } = openStepFunctions();
    expect(() => create(definition)).toThrow(feature);
    expect(() => create(definition)).toThrow("the embedded cloud does not know");
  });
});

describe("what AWS turns down is an InvalidDefinition", () => {
  test.each([
    ["a state without Next and End", { StartAt: "It", States: { It: { Type: "Pass" } } }],
    ["a Next that leads nowhere", pass({ End: undefined, Next: "Gone" })],
    ["a state that no way leads to", { StartAt: "It", States: { ...pass({}).States, Lost: { Type: "Succeed" } } }],
    ["a StartAt that is no state", { StartAt: "Gone", States: { It: { Type: "Pass", End: true } } }],
    ["JSONPath fields under JSONata", { QueryLanguage: "JSONata", ...pass({ ResultPath: "$.a" }) }],
    ["Retry on a Pass state", pass({ Retry: [] })],
    [
      "States.ALL beside another error",
      task("arn:aws:states:::lambda:invoke", { Retry: [{ ErrorEquals: ["States.ALL", "Busy"] }] }),
    ],
    [
      "a parameter that the integration does not have",
      task("arn:aws:states:::lambda:invoke", { Parameters: { Function: "f" } }),
    ],
    ["a JSONata expression that does not parse", { QueryLanguage: "JSONata", ...pass({ Output: "{% 1 + %}" }) }],
  ])("%s", (_, definition) => {
    const { create } = openStepFunctions();
    expect(errorOf(() => create(definition))).toMatch(/^InvalidDefinition: Invalid State Machine Definition: '/);
  });
});

function open() {
  const cloud = openStepFunctions();
  const [machine] = stateMachineResources(cloud.states);
  return { ...cloud, machine: machine!, logical: { stackName: "Shop", logicalId: "Orders", asset: () => "" } };
}

describe("AWS::StepFunctions::StateMachine", () => {
  test("gets a name of stack and logical id, and gives ARN and name", () => {
    const { machine, logical } = open();
    const arn = "arn:aws:states:eu-west-2:000000000000:stateMachine:Shop-Orders";
    const properties = machine.properties.parse({ RoleArn: "role", DefinitionString: JSON.stringify(passing) });
    expect(machine.create(properties, logical)).toEqual({ ref: arn, attributes: { Arn: arn, Name: "Shop-Orders" } });
  });

  test("substitutes names in its definition", () => {
    const { machine, logical, call } = open();
    const properties = {
      RoleArn: "role",
      Definition: pass({ Result: "${word}" }),
      DefinitionSubstitutions: { word: "hello" },
    };
    const { ref } = machine.create(machine.properties.parse(properties), logical);
    expect(call("DescribeStateMachine", { stateMachineArn: ref }).definition).toContain('"Result":"hello"');
  });

  test("is strict about its properties", () => {
    const { machine } = open();
    expect(machine.properties.safeParse({ RoleArn: "role", DefinitionString: "{}", Speed: 1 }).success).toBe(false);
  });
});
