import { inject } from "vitest";
import { openRemote } from "../src/remote-deployment.ts";
import { describeTarget } from "../src/target.ts";
import { describeSaga } from "../test/saga.ts";

const { target, suffix } = inject("e2e");
describeSaga("orchestration", `in ${describeTarget(target)}`, () => openRemote("orchestration", target), suffix);
