import { resourcesOf, type Template } from "@ovsc/shared/variant";

/** What a variant's template says that is on the bill. */
export interface Facts {
  readonly functions: ReadonlyMap<string, FunctionFacts>;
  /** None without an archive. */
  readonly archive: ArchiveFacts | undefined;
  /** Whether an order's way is traced. */
  readonly isTraced: boolean;
  /** Whether a state machine logs every event with its data; none without one that logs. */
  readonly executionLogs: "with data" | "without data" | undefined;
  readonly alarms: AlarmFacts;
  /** Days that the longest kept log group keeps its lines. */
  readonly logDays: number;
  readonly hasStateMachine: boolean;
  /** Days that Lambda keeps what a durable execution wrote after its end; none without a durable function. */
  readonly durableDays: number | undefined;
  /** Seconds between the ticks of the schedule that ticks most often; none without one. */
  readonly tickSeconds: number | undefined;
}

/** An archive of events. */
export interface ArchiveFacts {
  /** Days that an event stays in it. */
  readonly days: number;
  /** Whose events it takes. */
  readonly sources: readonly string[];
}

/** What the alarms are billed by. */
export interface AlarmFacts {
  readonly count: number;
  /** Metrics that they read: an alarm on a sum reads each of its terms. */
  readonly read: number;
  /** Metrics that filters make of log lines. */
  readonly made: number;
}

export interface FunctionFacts {
  readonly memoryMegabytes: number;
  readonly architecture: "arm64" | "x86_64";
}

/** @param stackName the embedded cloud names a function by it and its logical id, where the template gives no name */
export function factsOf(template: Template, stackName: string): Facts {
  const functions = Object.entries(template.Resources).flatMap(([logicalId, { Type, Properties }]) =>
    Type === "AWS::Lambda::Function" ? [functionFacts(logicalId, Properties as FunctionProperties, stackName)] : [],
  );
  const logGroups = resourcesOf<{ RetentionInDays?: number }>(template, "AWS::Logs::LogGroup");
  const made = resourcesOf<FunctionProperties>(template, "AWS::Lambda::Function");
  const rules = resourcesOf<{ ScheduleExpression?: string }>(template, "AWS::Events::Rule");
  const ticks = rules.flatMap(({ ScheduleExpression: rate }) => (rate === undefined ? [] : [secondsOf(rate)]));
  return {
    functions: new Map(functions),
    archive: archiveFacts(template),
    isTraced: made.some(({ TracingConfig }) => TracingConfig?.Mode === "Active"),
    executionLogs: executionLogs(template),
    alarms: alarmFacts(template),
    logDays: Math.max(0, ...logGroups.map(({ RetentionInDays = 0 }) => RetentionInDays)),
    hasStateMachine: resourcesOf(template, "AWS::StepFunctions::StateMachine").length > 0,
    durableDays: durableDays(made),
    tickSeconds: ticks.length > 0 ? Math.min(...ticks) : undefined,
  };
}

interface FunctionProperties {
  readonly FunctionName?: string;
  readonly MemorySize?: number;
  readonly Architectures?: readonly ["arm64" | "x86_64"];
  readonly TracingConfig?: { readonly Mode: string };
  readonly DurableConfig?: { readonly RetentionPeriodInDays?: number };
}

/** What a function has that its template does not say is what Lambda gives it: 128 MB, x86_64. */
function functionFacts(
  logicalId: string,
  { FunctionName, MemorySize = 128, Architectures: [architecture] = ["x86_64"] }: FunctionProperties,
  stackName: string,
): [string, FunctionFacts] {
  return [FunctionName ?? `${stackName}-${logicalId}`, { memoryMegabytes: MemorySize, architecture }];
}

/**
 * Of the durable function that keeps longest, where one does not say how long: 14 days.
 * https://docs.aws.amazon.com/lambda/latest/api/API_DurableConfig.html (2026-11-21)
 */
function durableDays(functions: readonly FunctionProperties[]): number | undefined {
  const days = functions.flatMap(({ DurableConfig: config }) => (config ? [config.RetentionPeriodInDays ?? 14] : []));
  return days.length > 0 ? Math.max(...days) : undefined;
}

/** @throws Error for more archives than one, or one that takes events by more than their source: nothing has that */
function archiveFacts(template: Template): ArchiveFacts | undefined {
  const [archive, ...more] = resourcesOf<Archive>(template, "AWS::Events::Archive");
  if (!archive) return undefined;
  const { source, ...otherwise } = archive.EventPattern ?? {};
  if (more.length > 0 || !source || Object.keys(otherwise).length > 0)
    throw new Error("the bill knows one archive, which takes events by their source alone");
  // An archive without retention keeps its events for ever: a month's share of the first year is told.
  return { days: archive.RetentionDays ?? 365, sources: source };
}

interface Archive {
  readonly RetentionDays?: number;
  readonly EventPattern?: { readonly source?: readonly string[] };
}

function alarmFacts(template: Template): AlarmFacts {
  const alarms = resourcesOf<{ Metrics?: readonly { MetricStat?: object }[] }>(template, "AWS::CloudWatch::Alarm");
  const filters = resourcesOf<MetricFilter>(template, "AWS::Logs::MetricFilter");
  const made = filters
    .flatMap(({ MetricTransformations }) => MetricTransformations)
    .map((each) => JSON.stringify(each));
  return {
    count: alarms.length,
    read: alarms.reduce((sum, { Metrics }) => sum + (Metrics?.filter((each) => each.MetricStat).length ?? 1), 0),
    made: new Set(made).size,
  };
}

interface MetricFilter {
  readonly MetricTransformations: readonly { readonly MetricNamespace: string; readonly MetricName: string }[];
}

const secondsIn = { minute: 60, hour: 3_600, day: 86_400 } as const;

/** @throws Error for a schedule that is no rate: nothing here has one */
function secondsOf(expression: string): number {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (!count) throw new Error(`the bill knows rates only, not the schedule ${expression}`);
  return Number(count) * secondsIn[unit as keyof typeof secondsIn];
}

interface Logging {
  readonly Level?: string;
  readonly IncludeExecutionData?: boolean;
}

/** @throws Error for a level that logs some events and not others: nothing here has one */
function executionLogs(template: Template): Facts["executionLogs"] {
  const [logging] = resourcesOf<{ LoggingConfiguration?: Logging }>(template, "AWS::StepFunctions::StateMachine");
  const { Level: level = "OFF", IncludeExecutionData: withData = false } = logging?.LoggingConfiguration ?? {};
  if (level === "OFF") return undefined;
  if (level !== "ALL") throw new Error(`the bill knows the log levels OFF and ALL, not ${level}`);
  return withData ? "with data" : "without data";
}
