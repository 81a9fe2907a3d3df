import { type DecisionFile, metrics, type RunResults, spanText, total } from "@ovsc/scripts/found";

/** What a run says of a metric for a choice. */
export interface Metric {
  readonly id: string;
  /** Whether it speaks for the choice, and against it, where it is held against others. Neither is a tie. */
  readonly isGood: boolean;
  readonly isBad: boolean;
  /** The figures, for a message. */
  readonly figures: string;
  /** Whether it comes from the project's recorded run, since the learner has none of his own. */
  readonly isReference: boolean;
}

/** The metrics of a decision: each driver's, in each pair that the choice is in. */
export function decided({ choice, pairs }: DecisionFile): Metric[] {
  const own = pairs.filter(({ between }) => between.some((each) => each === choice));
  const verdicts = own.flatMap((pair) => pair.verdicts);
  return [...Map.groupBy(verdicts, ({ driver }) => driver.metric)].map(([id, all]) => ({
    id,
    isGood: all.some(({ winner }) => winner === choice),
    isBad: all.some(({ winner }) => winner !== undefined && winner !== choice),
    figures: all
      .flatMap(({ values }) => Object.entries(values))
      .map(([variant, value]) => `${variant} ${spanText(value)}`)
      .join(", "),
    isReference: false,
  }));
}

/** The counts of a run that are better the fewer they are. */
export const counted = (choice: string, { results }: RunResults, isReference: boolean): Metric[] =>
  metrics
    .filter(({ kind }) => kind === "fewer")
    .map((metric) => {
      const of = (variant: string) => Number(total(metric, results, variant));
      const variants = Object.keys(results[0]?.variants ?? {});
      const others = variants.filter((variant) => variant !== choice);
      return {
        id: metric.id,
        isGood: others.some((other) => of(choice) < of(other)),
        isBad: others.some((other) => of(choice) > of(other)),
        figures: variants.map((variant) => `${variant} ${of(variant)}`).join(", "),
        isReference,
      };
    });
