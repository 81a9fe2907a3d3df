import type { HeldFlow, Place } from "../../places/places.ts";
import { compareValues } from "./comparison.ts";
import type { Metric } from "./metrics.ts";
import type { Score } from "./score.ts";

/** Resources that let somebody do what others decide, that do the work, and that keep the orders. */
const others = /^AWS::(IAM::|Lambda::(Function|Permission)$|DynamoDB::|SQS::QueuePolicy$)/;

/** True for what decides who is woken by what: rules, buses, definitions, invocation settings. */
export const coordinates = ({ type }: Place): boolean => !others.test(type);

interface PlaceMetric extends Metric {
  readonly counts: (place: Place) => boolean;
}

const metrics: readonly PlaceMetric[] = [
  {
    id: "places",
    title: "places that hold the flow",
    definition: "Resources of the template without which some order of the named scenarios goes another way.",
    formula: "count of held[V].places of places.json, which pnpm places finds by taking each resource away",
    kind: "fewer",
    counts: () => true,
  },
  {
    id: "places-of-coordination",
    title: "places that decide who is woken",
    definition:
      "Places that are no function, no permission and no table: rules, buses, definitions, invocation settings.",
    formula: "count of held[V].places of places.json whose type is not IAM, a function, a permission or a table",
    kind: "fewer",
    counts: coordinates,
  },
];

/** The places of each variant; nothing where they were not found for every one. */
export const placeScores = (held: readonly HeldFlow[], variants: readonly string[]): Score[] =>
  held.length < variants.length || held.length === 0
    ? []
    : metrics.map(({ counts, ...metric }) => {
        const entries = held.map(({ variant, places }) => [variant, places.filter(counts).length] as const);
        const values = Object.fromEntries(entries);
        return { metric, values, comparison: compareValues(values, metric.kind) };
      });
