import { Reading } from "@ovsc/scripts/lived";
import type { Seen } from "../../src/check/check.ts";

/** Units that AWS bills for what coordinates, as the project's meter reads them. */
export interface Units {
  readonly requests: number;
  /** Of 64 KB, begun ones counted whole. */
  readonly events: number;
  readonly transitions: number;
}

const chunkBytes = 64 * 1024;

export function metered({ happenings, outcome }: Seen): Units {
  const reading = new Reading([]);
  for (const happening of happenings) reading.add(happening);
  const { invocations, events, transitions } = reading.metered(outcome.evidence.length);
  const chunks = events.reduce((sum, bytes) => sum + Math.ceil(bytes / chunkBytes), 0);
  return { requests: invocations.length, events: chunks, transitions };
}
