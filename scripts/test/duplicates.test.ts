import { type Happening, seeded } from "@ovsc/local";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Deployment } from "../src/clouds/deployment.ts";
import { openLocal } from "../src/clouds/embedded.ts";
import { synthesize } from "../src/clouds/synthesize.ts";
import { batchOf } from "../src/orders/batches.ts";
import { scenarios } from "../src/orders/scenarios.ts";
import { runBatch } from "../src/runs/run-batch.ts";
import { expectEnds } from "./saga.ts";

describe.each([1, 2, 3])("the choreography, when the bus delivers at least once and in any order (seed %i)", (seed) => {
  let deployment: Deployment;
  const deliveries = new Map<string, number>();
  const onHappening = (happening: Happening) => {
    if (happening.type !== "Delivery") return;
    const delivery = `${happening.eventId} ${happening.target}`;
    deliveries.set(delivery, (deliveries.get(delivery) ?? 0) + 1);
  };
  beforeAll(async () => {
    deployment = await openLocal("choreography", {
      onHappening,
      assembly: await synthesize("choreography"),
      choices: seeded(seed),
      duplicates: true,
    });
  });
  afterAll(async () => {
    // A fault that never fired proves nothing.
    expect([...deliveries.values()].filter((times) => times > 1).length).toBeGreaterThan(10);
    await deployment.close();
  });

  test.each(scenarios)("still $title", async (scenario) => {
    const batch = batchOf(scenario, "");
    expectEnds(scenario, batch, await runBatch(batch, deployment));
  });
});
