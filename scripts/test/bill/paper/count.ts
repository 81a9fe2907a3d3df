import type { Take } from "./takes.ts";

/** What an order takes, counted on paper: sums over all placings of a scenario. */
export interface Count {
  transitions: number;
  /** Of each event on the bus, in bytes. */
  readonly events: number[];
  /** Of each event in the archive, in bytes. */
  readonly archived: number[];
  /** Of each Express execution, in milliseconds, when a hop takes 77.3. */
  readonly expressMs: number[];
  readonly durable: Durable[];
  /** Of each run of a function, in milliseconds, when a call takes 6 and a run's own work 3. */
  readonly functionMs: number[];
  rowReads: number;
  rowWrites: number;
  read: number;
  write: number;
  simulated: number;
  placings: number;
  functionLogBytes: number;
  /** Events of executions' histories, and the bytes of their data. */
  historyEvents: number;
  historyBytes: number;
}

/** One durable execution. */
export interface Durable {
  operations: number;
  writtenBytes: number;
  ranMs: number;
}

export const nothing = (): Count => ({
  transitions: 0,
  events: [],
  archived: [],
  expressMs: [],
  durable: [],
  functionMs: [],
  rowReads: 0,
  rowWrites: 0,
  read: 0,
  write: 0,
  simulated: 0,
  placings: 0,
  functionLogBytes: 0,
  historyEvents: 0,
  historyBytes: 0,
});

/** Adds what calls take. @returns how many calls these are */
export function add(count: Count, takes: readonly Take[]): number {
  for (const { rowReads = 0, rowWrites = 0, read = 0, write = 0, simulated = 0 } of takes) {
    count.rowReads += rowReads;
    count.rowWrites += rowWrites;
    count.read += read;
    count.write += write;
    count.simulated += simulated;
  }
  return takes.reduce((sum, { calls }) => sum + calls, 0);
}

/** 3 ms of its own work, 6 ms a call. */
export const msOf = (calls: number): number => 3 + 6 * calls;

/** What so many tries of a step wait altogether: 60 s, then 120 s. */
export const pausesMs = (tries: number): number => [0, 60_000, 180_000][tries - 1]!;

/** As long as the ids that AWS makes. */
export const id = "01234567-89ab-cdef-0123-456789abcdef";

/** A line of a log: time, request, level, text, and its end. */
export const logLine = (level: "INFO" | "WARN" | "ERROR", fields: object): number =>
  `2026-01-01T00:00:00.000Z\t${id}\t${level}\t${JSON.stringify({ level: level.toLowerCase(), ...fields })}\n`.length;
