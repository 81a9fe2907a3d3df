import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { inOrder } from "../src/choices.ts";
import { VirtualClock } from "../src/clock.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

test("a task that ran, or was cancelled, is let go of while the clock runs on", async () => {
  const clock = new VirtualClock(inOrder, 0);
  const held: WeakRef<object>[] = [];
  /** @returns a task that holds what its caller would have of it */
  const holding = () => {
    const call = { answer: "" };
    held.push(new WeakRef(call));
    return () => void (call.answer = "came");
  };
  clock.goOn(holding());
  clock.schedule(0, holding());
  clock.schedule(1, holding());
  clock.schedule(60_000, holding()).cancel();
  clock.schedule(120_000, () => {});
  let left: boolean[] = [];
  clock.schedule(2, () => {
    collectGarbage();
    left = held.map((each) => each.deref() !== undefined);
  });
  await clock.run();
  expect(left).toEqual([false, false, false, false]);
});
