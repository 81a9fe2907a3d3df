import { describe, expect, test } from "vitest";
import { AwsError, UnknownFeature } from "../src/errors.ts";
import { noTrace } from "../src/history.ts";
import { openServices } from "../src/open-services.ts";
import type { Caller } from "../src/service.ts";
import { services } from "../src/services.ts";

const operator: Caller = { principal: { kind: "operator" }, trace: noTrace };
const open = openServices(services);

const operations = services.flatMap(({ name, actions }) => Object.keys(actions).map((each) => [name, each] as const));

describe("the descriptor of a service", () => {
  test.each(operations)("names an operation that is carried out: %s %s", async (service, operation) => {
    const outcome: unknown = await Promise.resolve()
      .then(() => open.services.get(service)!.call(operation, { colour: "red" }, operator))
      .catch((error: unknown) => error);
    // Any other error is our own, such as a model that nobody extracted.
    if (outcome instanceof Error && !(outcome instanceof AwsError || outcome instanceof UnknownFeature)) throw outcome;
    const feature = outcome instanceof UnknownFeature ? outcome.feature : "";
    expect(feature).not.toMatch(/^the operation/);
  });

  test("has a name, a protocol target and an SDK of its own", () => {
    const given = services.flatMap(({ name, protocol, tasks }) => [
      `name ${name}`,
      ...(protocol?.kind === "AWS JSON" ? [`target ${protocol.target}`] : []),
      ...(tasks?.sdk ? [`sdk ${tasks.sdk.id}`] : []),
    ]);
    expect(new Set(given).size).toBe(given.length);
  });

  const byPolicy = services.filter(({ eventTarget }) => eventTarget?.usesRole === false).map(({ name }) => name);
  test.each(byPolicy)("whose target EventBridge reaches without a role has a policy that lets it: %s", (name) => {
    const types = [...open.resourceTypes.keys()].filter((type) => type.toLowerCase().startsWith(`aws::${name}::`));
    expect(types).toContainEqual(expect.stringMatching(/(Policy|Permission)$/));
  });
});
