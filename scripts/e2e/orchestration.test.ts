import { inject } from "vitest";
import { openRemote } from "../src/clouds/deployed.ts";
import { describeTarget } from "../src/clouds/target.ts";
import { describeSaga } from "../test/saga.ts";

const { target, suffix } = inject("e2e");
describeSaga("orchestration", `in ${describeTarget(target)}`, () => openRemote("orchestration", target), suffix);
