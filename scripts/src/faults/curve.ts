import type { Profile } from "@ovsc/shared";
import type { Variant } from "@ovsc/shared/variant";
import { FaultyCloud } from "./faulty-cloud.ts";
import type { Curve } from "./kept.ts";
import { lengths, type Outable, Outage, type OutagePoint } from "./outage.ts";

export interface Tried {
  readonly variant: Variant;
  readonly dependency: Outable;
  /** In each run: a multiple of three. */
  readonly orders: number;
  readonly profile: Profile;
}

/** Takes a dependency away for longer and longer, in a cloud of its own: the same whatever else is tried. */
export async function curveOf({ variant, dependency, orders, profile }: Tried): Promise<Curve> {
  const outage = new Outage(await FaultyCloud.open(variant, { profile, jitter: true }), dependency, orders);
  const points: OutagePoint[] = [];
  for (const length of lengths) points.push(await outage.lasting(length));
  return { variant: variant.name, dependency, points, halfShipSeconds: await outage.halfAmong(points) };
}
