import { resourcesOf, type Template } from "@ovsc/shared/variant";

/** What somebody who runs a variant has to look after. */
export interface Operations {
  readonly variant: string;
  /** Resources of its template by type, most frequent first. */
  readonly resources: readonly (readonly [type: string, count: number])[];
  /** Of each queue, how many days a message stays. */
  readonly queueDays: readonly number[];
  /** What each alarm says. */
  readonly alarms: readonly string[];
  /** For how many days history can be asked: logs, archives. */
  readonly retention: readonly (readonly [what: string, days: readonly number[]])[];
}

const secondsADay = 86_400;

/** Reads it off the template. */
export function operationsOf(variant: string, template: Template): Operations {
  const types = Map.groupBy(Object.values(template.Resources), ({ Type }) => Type);
  return {
    variant,
    resources: [...types].map(([type, all]) => [type, all.length] as const).toSorted(byCount),
    queueDays: resourcesOf<{ MessageRetentionPeriod?: number }>(template, "AWS::SQS::Queue").map(
      // Four days, if nothing is said.
      ({ MessageRetentionPeriod = 4 * secondsADay }) => MessageRetentionPeriod / secondsADay,
    ),
    alarms: resourcesOf<{ AlarmDescription?: string }>(template, "AWS::CloudWatch::Alarm").map(
      ({ AlarmDescription = "an alarm without a description" }) => AlarmDescription,
    ),
    retention: [
      ["logs", daysOf(template, "AWS::Logs::LogGroup", "RetentionInDays")],
      ["event archive", daysOf(template, "AWS::Events::Archive", "RetentionDays")],
      ["execution history", types.has("AWS::StepFunctions::StateMachine") ? [90] : []],
    ],
  };
}

const byCount = ([a, most]: readonly [string, number], [b, other]: readonly [string, number]): number =>
  other - most || (a < b ? -1 : 1);

const daysOf = (template: Template, type: string, property: string): number[] =>
  resourcesOf<Record<string, number | undefined>>(template, type).flatMap((each) => each[property] ?? []);
