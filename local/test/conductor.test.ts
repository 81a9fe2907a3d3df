import { expect, test } from "vitest";
import type { Agenda, Conductor } from "../src/agenda.ts";
import { VirtualClock } from "../src/clock.ts";

/** @returns a clock and what ran on it, with one conductor */
function conducted(conductor: Partial<Conductor>) {
  const ran: string[] = [];
  const clock = new VirtualClock({ choose: () => 0, conductor: { next: () => 0, idle: () => false, ...conductor } }, 0);
  const add = (name: string, delayMs = 0) =>
    clock.schedule(
      delayMs,
      () => void ran.push(`${name} at ${clock.nowMs}`),
      () => ({ what: "other", name }),
    );
  return { clock, ran, add };
}

const namesIn = (agenda: Agenda): unknown[] =>
  agenda.now.map(({ about }) => (about?.() as { name?: string } | undefined)?.name);

test("a conductor decides what is next by what it is", async () => {
  const { clock, ran, add } = conducted({
    next: (agenda) => Math.max(0, namesIn(agenda).indexOf("important")),
  });
  for (const name of ["first", "second", "important", "last"]) add(name);
  await clock.run();
  expect(ran).toEqual(["important at 0", "first at 0", "second at 0", "last at 0"]);
});

test("a conductor sees what is due later, and what was cancelled no more", async () => {
  const seen: unknown[] = [];
  const { clock, add } = conducted({
    next(agenda) {
      seen.push(agenda.later().map(({ dueMs, about }) => [dueMs, about?.()]));
      return 0;
    },
  });
  add("now");
  add("later", 60_000);
  add("never", 30_000).cancel();
  await clock.run({ untilMs: 1 });
  expect(seen).toEqual([[[60_000, { what: "other", name: "later" }]]]);
});

test("a conductor may let something go before time moves on, and when the run would end", async () => {
  const asked: (number | undefined)[] = [];
  const { clock, ran, add } = conducted({
    idle(_agenda, dueMs) {
      asked.push(dueMs);
      if (asked.length !== 1) return false;
      add("let go");
      return true;
    },
  });
  add("due", 60_000);
  await clock.run();
  expect(ran).toEqual(["let go at 0", "due at 60000"]);
  expect(asked).toEqual([60_000, 60_000, undefined]);
});

test("a clock that is reset is back at its beginning, with nothing left to do", async () => {
  const { clock, ran, add } = conducted({});
  add("before", 60_000);
  await clock.run();
  add("forgotten", 1);
  clock.reset();
  expect(clock.nowMs).toBe(0);
  add("after", 5);
  await clock.run();
  expect(ran).toEqual(["before at 60000", "after at 5"]);
});
