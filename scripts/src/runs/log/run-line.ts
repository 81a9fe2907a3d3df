import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { HappeningDetails } from "@ovsc/local";
import type { Profile } from "@ovsc/shared";
import type { Dependency } from "@ovsc/shared/variant";
import { exit, Failure } from "../../failure.ts";
import { nearest } from "../nearest.ts";
import { aboutOrder, mayLead } from "./about-order.ts";
import type { RowChange } from "./row-change.ts";

/** Of the lines below. A field that is taken away or means something else makes a new version. */
export const runVersion = 2;

/** The first line of `run.ndjson`: what was run. */
export interface RunStarted {
  readonly type: "RunStarted";
  readonly version: typeof runVersion;
  /** The command that does the same again. */
  readonly command: string;
  /** The retry budget that the stacks were synthesized with. */
  readonly profile: Profile;
  /** The variants by name, the one that the others are held against first. */
  readonly variants: readonly string[];
  /** `sample`: some orders have all of their lines here, the others are counted by the way they went. */
  readonly log: "all" | "sample";
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

type Of<Type extends HappeningDetails["type"]> = Extract<HappeningDetails, { type: Type }>;

/** What a call asked of, instead of its input, which has an order's name, address and payment token. */
interface Asked {
  readonly dependency?: Dependency;
}

/**
 * What the steps log can be told from the rest, and would be half of the file; of what the table holds there is what a
 * write means.
 */
type Logged =
  | Exclude<HappeningDetails, { type: "Log" | "ItemChanged" | "AwsCall" | "Fault" }>
  | (Omit<Of<"AwsCall">, "input"> & Asked)
  | (Omit<Of<"Fault">, "call"> & Asked);

/** One thing that happened. `type` tells what, and which further fields there are. */
export type RunLine = Circumstances & (RowChange | Logged);

/** At the end of a run of which not every line was kept: how many of the orders without lines went one way. */
export interface PathTotal {
  readonly type: "PathTotal";
  readonly variant: string;
  readonly batch: string;
  readonly orders: number;
  /** See `stepOf`; absent where many ways that few orders went are counted together. */
  readonly path?: readonly string[];
}

/** What a line adds to its order's path: which events and statuses there were, and how each invocation ended. */
export function stepOf(line: RunLine): string | undefined {
  if (line.type === "EventPublished") return line.detailType;
  if (line.type === "StatusChanged") return line.status;
  if (line.type === "InvocationEnded") return `${line.functionName} ${line.error ?? "succeeded"}`;
  if (line.type === "ExecutionEvent" && line.event.startsWith("Execution")) return line.event;
  if (line.type === "MessageSent") return line.queue;
  return line.type === "Fault" ? `${line.fault}, ${line.where}` : undefined;
}

/**
 * Reads a run, line by line.
 * @throws Failure for a file that cannot be read, is no run, or was written in another version
 */
export async function* readRun(file: string): AsyncGenerator<RunStarted | RunLine | PathTotal> {
  let first = true;
  try {
    for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
      const line = JSON.parse(text) as RunStarted | RunLine | PathTotal;
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

/** What a run tells of one order. */
export interface OrderFound {
  readonly started: RunStarted;
  /** In one variant after the other. */
  readonly lines: readonly RunLine[];
}

/**
 * Everything that happened to one order.
 * @throws Failure where the run holds no line of it, which may be because none was kept; and as `readRun` does
 */
export async function findOrder(orderId: string, file: string): Promise<OrderFound> {
  const lines: RunLine[] = [];
  const others = new Set<string>();
  let started: RunStarted | undefined;
  let keptAll = true;
  for await (const line of readRun(file)) {
    if (line.type === "RunStarted") started = line;
    else if (line.type === "PathTotal") keptAll = false;
    else if (line.orderId === orderId || mayLead(line)) lines.push(line);
    else if (line.orderId !== undefined) others.add(line.orderId);
  }
  // Ids are unique within a variant.
  const about = [...Map.groupBy(lines, ({ variant }) => variant).values()].flatMap((own) => aboutOrder(orderId, own));
  if (about.length > 0) return { started: started!, lines: about };
  const like = `; it knows ${nearest(orderId, [...others]).join(", ") || "none"}`;
  if (keptAll) throw new Failure(`${file} knows no order ${orderId}${like}`, { exitCode: exit.usage, next });
  throw new Failure(
    `${file} has no line of ${orderId}: of a long run, only a sample of the orders is kept in full${like}`,
    { exitCode: exit.unknown, next: `${started!.command} --log all` },
  );
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
