import { resourcesOf, type Template } from "@ovsc/shared/variant";

/** What a variant's template says that is on the bill. */
export interface Facts {
  readonly functions: ReadonlyMap<string, FunctionFacts>;
  /** Days that an event stays in an archive; none without one. */
  readonly archiveDays: number | undefined;
  /** Whether an order's way is traced. */
  readonly isTraced: boolean;
  /** Whether a state machine logs every event with its data; none without one that logs. */
  readonly executionLogs: "with data" | "without data" | undefined;
  readonly alarms: number;
  /** Days that the longest kept log group keeps its lines. */
  readonly logDays: number;
  readonly hasStateMachine: boolean;
  /** Seconds between the ticks of the schedule that ticks most often; none without one. */
  readonly tickSeconds: number | undefined;
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
  const archives = resourcesOf<{ RetentionDays?: number }>(template, "AWS::Events::Archive");
  const logGroups = resourcesOf<{ RetentionInDays?: number }>(template, "AWS::Logs::LogGroup");
  const tracing = resourcesOf<FunctionProperties>(template, "AWS::Lambda::Function");
  const rules = resourcesOf<{ ScheduleExpression?: string }>(template, "AWS::Events::Rule");
  const ticks = rules.flatMap(({ ScheduleExpression: rate }) => (rate === undefined ? [] : [secondsOf(rate)]));
  return {
    functions: new Map(functions),
    // An archive without retention keeps its events for ever: a month's share of the first year is told.
    archiveDays:
      archives.length > 0 ? Math.max(...archives.map(({ RetentionDays = 365 }) => RetentionDays)) : undefined,
    isTraced: tracing.some(({ TracingConfig }) => TracingConfig?.Mode === "Active"),
    executionLogs: executionLogs(template),
    alarms: resourcesOf(template, "AWS::CloudWatch::Alarm").length,
    logDays: Math.max(0, ...logGroups.map(({ RetentionInDays = 0 }) => RetentionInDays)),
    hasStateMachine: resourcesOf(template, "AWS::StepFunctions::StateMachine").length > 0,
    tickSeconds: ticks.length > 0 ? Math.min(...ticks) : undefined,
  };
}

interface FunctionProperties {
  readonly FunctionName?: string;
  readonly MemorySize?: number;
  readonly Architectures?: readonly ["arm64" | "x86_64"];
  readonly TracingConfig?: { readonly Mode: string };
}

/** What a function has that its template does not say is what Lambda gives it: 128 MB, x86_64. */
function functionFacts(
  logicalId: string,
  { FunctionName, MemorySize = 128, Architectures: [architecture] = ["x86_64"] }: FunctionProperties,
  stackName: string,
): [string, FunctionFacts] {
  return [FunctionName ?? `${stackName}-${logicalId}`, { memoryMegabytes: MemorySize, architecture }];
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
