import { inOrder } from "@ovsc/local";
import { openLocal } from "../src/clouds/embedded.ts";
import { synthesize } from "../src/clouds/synthesize.ts";
import { variants } from "../src/variants.ts";
import { describeSaga } from "./saga.ts";

for (const variant of variants) {
  const sweeper = variant.differs ? "on" : "off";
  const open = async () => openLocal(variant, { assembly: await synthesize(variant), choices: inOrder, sweeper });
  describeSaga({ variant, where: "in the embedded cloud", open });
}
