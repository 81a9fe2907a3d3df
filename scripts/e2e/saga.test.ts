import { inject } from "vitest";
import { openRemote } from "../src/clouds/deployed.ts";
import { describeTarget } from "../src/clouds/target.ts";
import { variantNamed } from "../src/variants.ts";
import { describeSaga } from "../test/saga.ts";

const { target, suffix, variants } = inject("e2e");
for (const variant of variants.map(variantNamed)) {
  describeSaga({ variant, where: `in ${describeTarget(target)}`, open: () => openRemote(variant, target), suffix });
}
