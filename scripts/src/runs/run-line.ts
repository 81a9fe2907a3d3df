import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { HappeningDetails } from "@ovsc/local";
import { exit, Failure } from "../failure.ts";

/** Of the lines below. A field that is taken away or means something else makes a new version. */
export const runVersion = 1;

/** The first line of `run.ndjson`: what was run. */
export interface RunStarted {
  readonly type: "RunStarted";
  readonly version: typeof runVersion;
  /** The command that does the same again. */
  readonly command: string;
  /** The variants by name, the one that the others are held against first. */
  readonly variants: readonly string[];
}

/** Whose a line is, and when it happened. */
interface Circumstances {
  readonly variant: string;
  /** The scenario, or `orders` in a long run. */
  readonly batch: string;
  /** The order it belongs to; absent where nothing tells. */
  readonly orderId?: string;
  /** The id of the event, request or execution that directly led to it. */
  readonly causationId?: string;
  /** Virtual time, ISO 8601. */
  readonly at: string;
  /** Real milliseconds since the run began. */
  readonly realMs: number;
}

/** The order row was written with this status. */
interface StatusChanged {
  readonly type: "StatusChanged";
  readonly status: string;
}

/** What the steps log and what the table holds can be told from the rest, and would be half of the file. */
type Logged = Exclude<HappeningDetails, { type: "Log" | "ItemChanged" }>;

/** Every later line of `run.ndjson`: one thing that happened. `type` tells what, and which further fields there are. */
export type RunLine = Circumstances & (StatusChanged | Logged);

/**
 * Reads a run, line by line.
 * @throws Failure for a file that cannot be read, is no run, or was written in another version
 */
export async function* readRun(file: string): AsyncGenerator<RunStarted | RunLine> {
  let first = true;
  try {
    for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
      const line = JSON.parse(text) as RunStarted | RunLine;
      if (first) requireVersion(line, file);
      first = false;
      yield line;
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    const why = (error as Error).message;
    throw new Failure(`cannot read the run in ${file}: ${why}`, { exitCode: exit.usage, next, cause: error });
  }
  if (first) throw new Failure(`${file} is empty, so it holds no run`, { exitCode: exit.unknown, next });
}

const next = "pnpm compare, which writes it anew";

function requireVersion(line: { readonly type?: string; readonly version?: unknown }, file: string): void {
  if (line.type !== "RunStarted") {
    throw new Failure(`${file} is no run: its first line is not RunStarted`, { exitCode: exit.usage, next });
  }
  if (line.version === runVersion) return;
  throw new Failure(`${file} has version ${String(line.version)}, and this reads version ${runVersion}`, {
    exitCode: exit.usage,
    next,
  });
}
