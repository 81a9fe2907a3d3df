import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { expect, test } from "vitest";
import { inOrder } from "../src/choices.ts";
import { VirtualClock } from "../src/clock.ts";
import { DueTasks, type Scheduled } from "../src/due-tasks.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const scheduled = (dueMs: number, order: number, isAwaited = true): Scheduled => ({
  dueMs,
  order,
  isAwaited,
  isLater: false,
  about: undefined,
  task: () => {},
});

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

test("timers that are cancelled take no room while time stands still", async () => {
  const due = new DueTasks();
  due.add(scheduled(1, 0));
  const held = Array.from({ length: 10_000 }, (_, order) => {
    const each = scheduled(60_000, order);
    due.add(each);
    due.cancel(each);
    return new WeakRef(each);
  });
  // What a WeakRef was made of lives until the turn is over.
  await new Promise((resolve) => setImmediate(resolve));
  collectGarbage();
  expect(held.filter((each) => each.deref()).length).toBeLessThan(10);
  expect([due.awaited, due.first?.dueMs]).toEqual([1, 1]);
});

test("a timer of before a reset is cancelled without effect", async () => {
  const clock = new VirtualClock(inOrder, 0);
  const ran: number[] = [];
  const timer = clock.schedule(1, () => ran.push(0));
  clock.reset();
  clock.schedule(1, () => ran.push(1));
  timer.cancel();
  await clock.run();
  expect([ran, clock.nowMs]).toEqual([[1], 1]);
});

test("what is due comes by its time, then by its turn, however much is cancelled", () => {
  const doing = fc.oneof(
    fc.record({ add: fc.nat(5), isAwaited: fc.boolean() }),
    fc.record({ cancel: fc.nat() }),
    fc.constant("take" as const),
  );
  const property = fc.property(fc.array(doing, { maxLength: 60, size: "max" }), (all) => {
    const due = new DueTasks();
    let left: Scheduled[] = [];
    const made: Scheduled[] = [];
    for (const each of all) {
      if (each === "take") {
        if (due.first) expect(due.takeFirst()).toBe(left.shift());
      } else if ("add" in each) {
        const one = scheduled(each.add, made.length, each.isAwaited);
        made.push(one);
        due.add(one);
        left = [...left, one].toSorted((a, b) => a.dueMs - b.dueMs || a.order - b.order);
      } else if (made.length > 0) {
        const one = made[each.cancel % made.length]!;
        due.cancel(one);
        left = left.filter((other) => other !== one);
      }
      const awaited = left.filter(({ isAwaited }) => isAwaited);
      expect([due.first, due.awaited, due.inOrder()]).toEqual([left[0], awaited.length, awaited]);
    }
  });
  fc.assert(property);
});
