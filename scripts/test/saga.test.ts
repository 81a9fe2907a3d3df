import { inOrder } from "@ovsc/local";
import { openLocal } from "../src/clouds/embedded.ts";
import { pair, variants } from "../src/variants.ts";
import { isWhole } from "./family.ts";
import { onLane } from "./lanes.ts";
import { describeSaga } from "./saga.ts";

for (const variant of variants) {
  const sweeper = variant.differs ? "on" : "off";
  const lane = isWhole || pair.includes(variant) ? "deployed" : "thin";
  const open = async () => openLocal(variant, { ...(await onLane(lane, variant)), choices: inOrder, sweeper });
  describeSaga({ variant, where: "in the embedded cloud", open });
}
