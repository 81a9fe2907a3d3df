import type { Profile } from "@ovsc/shared";
import type { Difference } from "@ovsc/shared/variant";
import type { Curve, OutageFile } from "../../faults/kept.ts";
import { away, type Shares } from "../../faults/outage.ts";
import { declaredFor } from "../../judgement/declared.ts";
import { variants as registry } from "../../variants.ts";
import { alike as same, asked, percent, pointOf, survivals } from "./survival.ts";

/** Why fewer than half of the orders that arrive in an outage ship. */
export interface Loss {
  /** To whom the same happens for the same reason. */
  readonly variants: readonly string[];
  readonly dependency: Curve["dependency"];
  readonly shipped: number;
  /** What becomes of the others. */
  readonly others: string;
  /** More than one where an outage meets orders at steps of which different things are declared. */
  readonly because: readonly string[];
}

/** Every outage that people ask about in which a variant ships fewer than half, with what the variant says of it. */
export function lossesOf({ curves, profile }: OutageFile, variants: readonly string[]): Loss[] {
  const losses = curves
    .filter(({ variant }) => variants.includes(variant))
    .flatMap(({ variant, dependency }) => {
      const own = curves.filter((each) => each.dependency === dependency);
      const during = pointOf(own, variant)?.during;
      if (!during || during.shipped >= 0.5) return [];
      const because = becauseOf({ variant, dependency, profile, during });
      return [{ variants: [variant], dependency, shipped: during.shipped, others: othersOf(during), because }];
    });
  const alike = Map.groupBy(losses, ({ variants: _variants, ...loss }) => JSON.stringify(loss));
  return [...alike.values()].map((own) => ({ ...own[0]!, variants: own.flatMap((loss) => loss.variants) }));
}

interface Lost {
  readonly variant: string;
  readonly dependency: Curve["dependency"];
  readonly profile: Profile;
  readonly during: Shares;
}

/** The differences that the variant declares for what became of them; where none says it, its tries end too early. */
function becauseOf({ variant, dependency, profile, during }: Lost): string[] {
  const fault = { kind: away[dependency], dependency, from: 0, until: asked };
  const differs = registry.find(({ name }) => name === variant)?.differs ?? [];
  const declared = declaredFor({ differs }, { scenario: "happy", faults: [fault], profile });
  const happened = declared.filter((difference) => isAmong(difference, during));
  if (happened.length === 0) return [`the tries that the ${profile} profile allows end before the outage does`];
  return happened.length === 1 ? happened.map(({ because }) => because) : happened.map(reasonOf);
}

/** The sweeper is off in an outage: whom it would bring to an end is stuck. */
function isAmong({ ends, swept }: Difference, { released, parked, stuck }: Shares): boolean {
  if (swept) return stuck > 0;
  return (released > 0 && ends.includes("INVENTORY_RELEASED")) || (parked > 0 && ends.includes("NEEDS_ATTENTION"));
}

/** A declared difference, with the orders that it is of. */
function reasonOf(difference: Difference): string {
  const steps = "steps" in difference ? (difference.steps ?? []) : [];
  const met = steps.length > 0 ? `an order that it meets in ${either.format(steps)}` : "any order";
  const becomes = difference.swept ? "waits for the sweeper" : `ends ${either.format(difference.ends)}`;
  return `${met} ${becomes}, since ${difference.because}`;
}

const either = new Intl.ListFormat("en", { type: "disjunction" });

const othersOf = ({ shipped: _shipped, ...others }: Shares): string =>
  Object.entries(others)
    .filter(([, share]) => share > 0)
    .map(([outcome, share]) => `${percent(share)} ${outcome}`)
    .join(", ");

/** Outages that people ask about in which one variant ships fewer than another. */
export const lostBy = (variant: string, other: string, curves: readonly Curve[]) =>
  survivals(curves, [variant, other]).flatMap(({ dependency, shipped }) => {
    const [own, against] = [shipped[variant]!, shipped[other]!];
    const isLess = typeof own === "number" && typeof against === "number" && against - own > same;
    return isLess ? [{ dependency, shipped: own, against }] : [];
  });
