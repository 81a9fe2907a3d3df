import { inject } from "vitest";
import { openRemote } from "../src/clouds/deployed.ts";
import { describeTarget } from "../src/clouds/target.ts";
import { pair as variants } from "../src/variants.ts";
import { describeSaga } from "../test/saga.ts";

const { target, suffix } = inject("e2e");
for (const variant of variants) {
  describeSaga({ variant, where: `in ${describeTarget(target)}`, open: () => openRemote(variant, target), suffix });
}
