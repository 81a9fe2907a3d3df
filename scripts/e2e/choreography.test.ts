import { inject } from "vitest";
import { openRemote } from "../src/remote-deployment.ts";
import { describeTarget } from "../src/target.ts";
import { describeSaga } from "../test/saga.ts";

const { target, suffix } = inject("e2e");
describeSaga("choreography", `in ${describeTarget(target)}`, () => openRemote("choreography", target), suffix);
