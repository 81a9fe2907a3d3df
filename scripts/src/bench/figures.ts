import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Spread } from "./spread.ts";

/** A line of the history: what a ratio was, when, and on which machine. */
interface Figure extends Spread {
  /** ISO 8601. */
  readonly at: string;
  readonly machine: string;
  readonly name: string;
}

/**
 * Ratios that runs of `bench` measured, kept in a file so that a slowdown is seen. Machines differ, so a figure is held
 * against the latest of the same machine.
 */
export class Figures {
  readonly #file: string;
  readonly #machine: string;
  readonly #latest = new Map<string, Figure>();

  /** @param file NDJSON, made where there is none */
  constructor(file: string, machine: string) {
    this.#file = file;
    this.#machine = machine;
    if (!existsSync(file)) return;
    for (const line of readFileSync(file, "utf8").split("\n").filter(Boolean)) {
      const figure = JSON.parse(line) as Figure;
      if (figure.machine === machine) this.#latest.set(figure.name, figure);
    }
  }

  /**
   * Keeps a ratio.
   * @param at when it was measured, ISO 8601
   * @returns how it stands to the one before, as text; slower where the most of now is less than the least of then
   */
  keep(name: string, { median, least, most }: Spread, at: string): string {
    const before = this.#latest.get(name);
    const figure: Figure = { at, machine: this.#machine, name, median, least, most };
    mkdirSync(dirname(this.#file), { recursive: true });
    appendFileSync(this.#file, `${JSON.stringify(figure)}\n`);
    this.#latest.set(name, figure);
    if (!before) return "";
    const then = `${before.median.toFixed(2)} on ${before.at.slice(0, 10)}`;
    return most < before.least ? `, SLOWER than ${then}` : `, as before: ${then}`;
  }
}
