import type { Template } from "@ovsc/shared/variant";
import { describe, expect, test } from "vitest";
import { contextIn } from "../../src/clouds/find-stack.ts";
import { type DeployedContext, synthesizeWithoutCode, templateOf } from "../../src/clouds/synthesize.ts";
import { approvalAboveCents } from "../../src/runs/approvers.ts";
import { variantNamed } from "../../src/variants.ts";

/** A stack for each thing that a person may ask of one when he deploys it. */
const asked: {
  readonly [Key in keyof Required<DeployedContext>]: readonly [variant: string, Pick<DeployedContext, Key>];
} = {
  profile: ["orchestration", { profile: "idiomatic" }],
  approvalAboveCents: ["choreography", { approvalAboveCents }],
  shorterCaller: ["chain", { shorterCaller: "ChargePayment" }],
  steps: ["durable", { steps: "in-process" }],
};

const outputsOf = ({ Outputs = {} }: Template): Record<string, string> =>
  Object.fromEntries(Object.entries(Outputs).map(([name, { Value }]) => [name, Value as string]));

const templateFor = async (name: string, context: DeployedContext): Promise<Template> => {
  const variant = variantNamed(name);
  return templateOf(variant, await synthesizeWithoutCode(variant, context));
};

describe("a deployed stack", () => {
  test.each(Object.entries(asked))("tells by its outputs what it was asked for: %s", async (_, [name, context]) => {
    expect(contextIn(outputsOf(await templateFor(name, context)))).toEqual({ profile: "equal", ...context });
  });

  test.each([
    ["chain", { shorterCaller: "ShipOrder" }, /shorterCaller is "ShipOrder", and must be one of CreateOrder, /],
    ["durable", { steps: "elsewhere" }, /steps is "elsewhere", and must be in-process/],
  ] as const)("is not made for what the %s does not know", async (name, context, why) => {
    await expect(templateFor(name, context as DeployedContext)).rejects.toThrow(why);
  });
});
