import type { AwsCall, AwsCallFault } from "@ovsc/local";
import type { Dependency } from "@ovsc/shared/variant";
import { type KindName, kindNamed, kindNames } from "../faults/kinds.ts";

/** A fault that lasts: from when it first strikes until the schedule says otherwise. */
export interface Outage {
  readonly kind: KindName;
  readonly dependency: Dependency;
}

/** Kinds that last, each with what is away. What strikes once strikes one call, and the SDK's next try is another. */
const lasting: readonly KindName[] = ["server-error", "delivery-failed"];

const rows: readonly Dependency[] = ["order-table", "inventory", "payment-gateway", "carrier"];

/** A way to strike a call. */
export interface Strike {
  /** In a schedule. */
  readonly name: string;
  readonly kind: KindName;
  /** What is away from now on, for a kind that lasts. */
  readonly outage?: Outage;
}

const known = new Map<string, readonly Strike[]>();

/** @returns every way in which this call of a dependency can be struck */
export function strikesOn(call: Pick<AwsCall, "service" | "operation">, dependency: Dependency): readonly Strike[] {
  const key = `${dependency} ${call.operation}`;
  const strikes = known.get(key) ?? compile(call, dependency);
  known.set(key, strikes);
  return strikes;
}

function compile(call: Pick<AwsCall, "service" | "operation">, dependency: Dependency): Strike[] {
  const kinds = kindNames.filter((name) => {
    const { strikes, call: strike } = kindNamed(name);
    return strikes.includes(dependency) && strike?.(call, 1) !== undefined;
  });
  return kinds.flatMap((kind): Strike[] => {
    if (!lasting.includes(kind)) return [{ name: kind, kind }];
    const away = rows.includes(dependency) ? [dependency, "table" as const] : [dependency];
    return away.map((each) => outage(kind, each));
  });
}

export const outage = (kind: KindName, dependency: Dependency): Strike => ({
  name: `${kind} of ${dependency} from now on`,
  kind,
  outage: { kind, dependency },
});

export const isAway = ({ dependency: away }: Outage, dependency: Dependency): boolean =>
  away === dependency || (away === "table" && rows.includes(dependency));

/** @param hold keeps an effect back until the schedule lets it come */
export function faultOf(kind: KindName, call: AwsCall, hold: (letGo: () => void) => void): AwsCallFault | undefined {
  if (kind === "late-effect") return { held: hold, answer: "never answer" };
  const { call: strike, seconds = 0 } = kindNamed(kind);
  return strike?.(call, seconds);
}
