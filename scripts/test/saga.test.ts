import { inOrder } from "@ovsc/local";
import { openLocal } from "../src/clouds/embedded.ts";
import { scenarios } from "../src/orders/scenarios.ts";
import { pair, variants } from "../src/variants.ts";
import { isWhole, shareOf } from "./family.ts";
import { onLane } from "./lanes.ts";
import { describeSaga } from "./saga.ts";

for (const variant of variants) {
  const sweeper = variant.differs ? "on" : "off";
  const isAll = isWhole || pair.includes(variant);
  // On the deployed bundle recorded-results.test.ts runs and judges the pair.
  const lane = isWhole ? "deployed" : "thin";
  const open = async () => openLocal(variant, { ...(await onLane(lane, variant)), choices: inOrder, sweeper });
  const own = isAll ? scenarios : shareOf(scenarios, variant);
  describeSaga({ variant, where: "in the embedded cloud", open, own });
}
