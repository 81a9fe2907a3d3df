import { inject } from "vitest";
import { openRemote } from "../src/clouds/deployed.ts";
import { describeTarget } from "../src/clouds/target.ts";
import { describeSaga } from "../test/saga.ts";

const { target, suffix } = inject("e2e");
describeSaga("choreography", `in ${describeTarget(target)}`, () => openRemote("choreography", target), suffix);
