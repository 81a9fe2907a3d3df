import { billedBytes } from "../billed-bytes.ts";
import { AwsError } from "../errors.ts";
import { checkNesting } from "../nesting.ts";
import type { EventParts } from "./event.ts";

export interface Entry {
  readonly Source?: string;
  readonly DetailType?: string;
  readonly Detail?: string;
  readonly EventBusName?: string;
  readonly Resources?: readonly string[];
  /** Seconds since 1970. */
  readonly Time?: number;
}

const maximumRequestBytes = 1_048_576;

/**
 * What makes AWS turn a whole PutEvents call down.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
export function readEntries(input: Readonly<Record<string, unknown>>): readonly Entry[] {
  const entries = input["Entries"] as readonly Entry[];
  if (entries.reduce((sum, entry) => sum + entryBytes(entry), 0) > maximumRequestBytes) {
    throw new AwsError("ValidationException", "Total size of the entries in the request is over the limit.");
  }
  return entries;
}

/**
 * The size of an entry, by which it is limited and billed.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html (2026-11-21)
 */
export function entryBytes(
  { Time, Source = "", DetailType = "", Detail = "", Resources = [] }: Entry,
  textBytes = (text: string): number => Buffer.byteLength(text),
): number {
  const texts = [Source, DetailType, Detail, ...Resources];
  return texts.reduce((sum, text) => sum + textBytes(text), Time === undefined ? 0 : 14);
}

export interface EntryError {
  readonly ErrorCode: string;
  readonly ErrorMessage: string;
}

/** @returns the parsed detail, or what is wrong with this entry alone */
export function checkEntry(entry: Entry): { detail: unknown } | { error: EntryError } {
  for (const name of ["Source", "DetailType", "Detail"] as const) {
    if (!entry[name]) {
      return {
        error: {
          ErrorCode: "InvalidArgument",
          ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
        },
      };
    }
  }
  if (entry.Source?.startsWith("aws.")) {
    return { error: { ErrorCode: "NotAuthorizedForSource", ErrorMessage: "Not authorized for the source." } };
  }
  checkNesting(entry.Detail!, "events PutEvents, Detail");
  const detail = parse(entry.Detail!);
  if (typeof detail === "object" && detail !== null && !Array.isArray(detail)) return { detail };
  return { error: { ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed." } };
}

/** What an event is made of; it gets its time from the clock where the entry has none. */
export const partsOf = (entry: Entry, id: string, nowMs: number): EventParts => ({
  id,
  source: entry.Source!,
  detailType: entry.DetailType!,
  detail: entry.Detail!,
  resources: entry.Resources ?? [],
  timeMs: entry.Time === undefined ? nowMs : entry.Time * 1000,
  bytes: entryBytes(entry, billedBytes),
});

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
