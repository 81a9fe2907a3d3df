import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { Table } from "@ovsc/shared/aws";
import type { DeployedStack, MakeClient, Variant } from "@ovsc/shared/variant";
import { expect, test } from "vitest";
import { heldBy, notPassed, onLocalStack } from "../../e2e/listed.ts";
import { connect } from "../../src/clouds/connect.ts";
import { drills } from "../../src/drills/drills.ts";
import { scenarios } from "../../src/orders/scenarios.ts";
import { pair, variants } from "../../src/variants.ts";

/** A stack that is nowhere: enough to ask a variant what an operator can do. */
const client: MakeClient = (Client) => new Client({ region: "eu-west-2" });
const reached = { client, table: new Table("nowhere", DynamoDBDocumentClient.from(client(DynamoDBClient))) };
const nowhere: DeployedStack = {
  outputs: { SweepRuleName: "sweep", RetryProfile: "equal" },
  ...reached,
  asClient: reached,
  asOperator: reached,
  logs: async () => [],
  now: () => new Date().toISOString(),
};

test("every variant runs end to end on LocalStack, or says what LocalStack does not know of it", () => {
  const there = variants.filter(({ notOnLocalStack }) => notOnLocalStack === undefined).map(({ name }) => name);
  expect(onLocalStack.variants).toEqual(there);
});

test("every scenario runs end to end on LocalStack", () => {
  expect(onLocalStack.scenarios).toEqual(scenarios.map(({ name }) => name));
});

test.each(pair)("every drill for which the $name has a remedy runs end to end there, if LocalStack can", (variant) => {
  const { remedies } = connect(variant, nowhere);
  const can = drills.filter(
    ({ remedy, deployed, notOnLocalStack }) => remedy in remedies && deployed && !notOnLocalStack,
  );
  expect(onLocalStack.drills[variant.name]).toEqual(can.map(({ name }) => name));
});

test("what LocalStack does not know is named with its reason", () => {
  const unknown = [...variants, ...drills].flatMap(({ name, notOnLocalStack }) =>
    notOnLocalStack === undefined ? [] : [[name, notOnLocalStack]],
  );
  expect(onLocalStack.unknown).toEqual(Object.fromEntries(unknown));
});

test("what is listed and did not pass is named, by its data and not by its title", () => {
  const [choreography] = pair as [Variant];
  const held = [
    ...onLocalStack.scenarios.map((scenario) => ({ scenario })),
    ...onLocalStack.drills[choreography.name]!.map((drill) => ({ drill })),
  ].map((each) => heldBy(choreography, each).meta);
  expect(notPassed([choreography], held)).toEqual([]);
  const passed = held.filter((each) => !/"(declined|repair)"/.test(JSON.stringify(each)));
  expect(notPassed([choreography], passed)).toEqual(["choreography, scenario declined", "choreography, drill repair"]);
});
