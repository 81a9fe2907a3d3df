import type { AwsCall, AwsCallFault } from "@ovsc/local";
import type { Dependency } from "@ovsc/shared/variant";
import { type KindName, kindNamed, kindNames } from "../../faults/kinds.ts";

/** A fault that lasts: from when it first strikes until the schedule says otherwise. */
export interface Outage {
  readonly kind: KindName;
  readonly dependency: Dependency;
}

/** Kinds that last, each with what is away. What strikes once strikes one call, and the SDK's next try is another. */
const lasting: readonly KindName[] = ["server-error", "delivery-failed"];

/** In a schedule: what the failure destination should have kept is gone. */
export const recordLost = "record-lost" satisfies KindName;

const rows: readonly Dependency[] = ["order-table", "inventory", "payment-gateway", "carrier"];

/** A way to strike a call. */
export interface Strike {
  /** In a schedule. */
  readonly name: string;
  readonly kind: KindName;
  /** What is away from now on, for a kind that lasts. */
  readonly outage?: Outage;
}

const isRead = ({ operation }: Pick<AwsCall, "operation">): boolean => /^(Get|Query|Scan)/.test(operation);

/** Kinds that do the same as another: a read has no effect that could come before a crash, or whose answer is lost. */
const sameForReads: readonly KindName[] = ["fail-after", "answer-lost"];

/** A late effect that never comes is a call that times out. */
const sameForWrites: readonly KindName[] = ["time-out"];

/** Every way in which the call of one function by another can be struck; what turns it down strikes the other's try. */
const strikesOnInvokes: readonly Strike[] = (["fail-before", "fail-after", "answer-lost"] as const).map((kind) => ({
  name: kind,
  kind,
}));

const known = new Map<string, readonly Strike[]>();

/** @returns every way in which this call of a dependency can be struck */
export function strikesOn(call: Pick<AwsCall, "service" | "operation">, dependency: Dependency): readonly Strike[] {
  if (dependency === "lambda") return strikesOnInvokes;
  const key = `${dependency} ${call.operation}`;
  const strikes = known.get(key) ?? compile(call, dependency);
  known.set(key, strikes);
  return strikes;
}

function compile(call: Pick<AwsCall, "service" | "operation">, dependency: Dependency): Strike[] {
  const canStrike = kindNames.filter((name) => {
    const { strikes, call: strike } = kindNamed(name);
    return strikes.includes(dependency) && strike?.(call, 1) !== undefined;
  });
  const same = isRead(call) ? sameForReads : sameForWrites;
  // Orders are rows of the table itself: where they are away, all of it is.
  const away = dependency === "order-table" ? "table" : dependency;
  return canStrike
    .filter((kind) => !same.includes(kind))
    .map((kind) => (lasting.includes(kind) ? outage(kind, away) : { name: kind, kind }));
}

export const outage = (kind: KindName, dependency: Dependency): Strike => ({
  name: `${kind} of ${dependency} from now on`,
  kind,
  outage: { kind, dependency },
});

/** Every way in which a try of a function can be struck. */
export const strikesOnTries: readonly Strike[] = [
  outage("throttle", "lambda"),
  { name: "service-error", kind: "service-error" },
  { name: "out-of-memory", kind: "out-of-memory" },
];

export const isAway = ({ dependency: away }: Outage, dependency: Dependency): boolean =>
  away === dependency || (away === "table" && rows.includes(dependency));

/** @param hold keeps an effect back until the schedule lets it come */
export function faultOf(kind: KindName, call: AwsCall, hold: (letGo: () => void) => void): AwsCallFault | undefined {
  if (kind === "late-effect") return { held: hold, answer: "never answer" };
  const { call: strike, seconds = 0 } = kindNamed(kind);
  return strike?.(call, seconds);
}
