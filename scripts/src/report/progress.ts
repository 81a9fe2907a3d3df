import type { Result } from "../judgement/results.ts";
import { note } from "../terminal.ts";
import { counted } from "./words.ts";

/** How often a long run says where it is, in milliseconds of real time. */
const everyMs = 5_000;

/** Where a run is. */
export interface Progress {
  /** Hears of a batch that is done, and of the result that it was added to. */
  add(orders: number, result: Result): void;
  /** How far the run came, and with how many findings. */
  reached(): string;
  end(): void;
}

/**
 * A progress line on stderr, for runs that take longer than a glance. It says what was done and how long that took:
 * what is left need not go as fast.
 */
export function progress(total: number): Progress {
  const begunMs = performance.now();
  const findings = new Map<string, number>();
  let shownMs = begunMs;
  let done = 0;
  const seconds = () => `${Math.round((performance.now() - begunMs) / 1000)} s`;
  const reached = () => {
    const found = findings.values().reduce((sum, count) => sum + count, 0);
    return `${done.toLocaleString("en")} of ${counted(total, "order")}, ${counted(found, "finding")}`;
  };
  return {
    add(orders, { name, findingCount }) {
      done += orders;
      findings.set(name, findingCount);
      if (performance.now() - shownMs < everyMs) return;
      shownMs = performance.now();
      note(`${reached()} after ${seconds()}\n`);
    },
    reached,
    end() {
      if (shownMs !== begunMs) note(`${counted(done, "order")} in ${seconds()}\n`);
    },
  };
}
