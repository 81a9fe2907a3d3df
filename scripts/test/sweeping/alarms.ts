import type { Happening } from "@ovsc/local";
import type { Template } from "@ovsc/shared/variant";

interface Named {
  readonly Name: string;
  readonly Value: unknown;
}
interface Metric {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: readonly Named[];
}
interface Alarm extends Metric {
  readonly Metrics?: readonly { readonly MetricStat?: { readonly Metric: Metric } }[];
}
interface Filter {
  readonly FilterPattern: string;
  readonly LogGroupName: unknown;
  readonly MetricTransformations: readonly [{ readonly MetricNamespace: string; readonly MetricName: string }];
}

/**
 * Which alarms of a template go off by what happened: each of ours does when its metric is more than 0 once. The
 * embedded cloud evaluates none, so this counts what CloudWatch would count.
 * @returns the construct ids of the alarms
 */
export function alarmsOff({ Resources }: Template, happenings: readonly Happening[]): string[] {
  const all = <Properties>(type: string): [id: string, Properties][] =>
    Object.entries(Resources).flatMap(([id, each]) =>
      each.Type === type ? [[id, each.Properties as Properties]] : [],
    );
  const filters = all<Filter>("AWS::Logs::MetricFilter").map(([, filter]) => filter);

  const counted = ({ Namespace, MetricName, Dimensions = [] }: Metric): number => {
    const own = filters.filter(
      ({ MetricTransformations: [to] }) => to.MetricNamespace === Namespace && to.MetricName === MetricName,
    );
    if (own.length > 0) return sum(own.map((filter) => linesIn(filter.LogGroupName).filter(matching(filter)).length));
    const count = countOf[`${Namespace} ${MetricName}`];
    if (!count) throw new Error(`nothing here counts ${Namespace} ${MetricName}`);
    return happenings.filter((each) => count(each, logicalIdIn(Dimensions[0]!.Value))).length;
  };

  /** What is written to a log group, by a function or by the executions of a machine. */
  const linesIn = (logGroup: unknown): string[] => {
    const group = logicalIdIn(logGroup);
    const isIn = (properties: unknown) => JSON.stringify(properties).includes(`"${group}"`);
    const writers = Object.entries(Resources).flatMap(([id, { Type, Properties }]) => {
      if (!/Function$|StateMachine$/.test(Type) || !isIn(Properties)) return [];
      const { StateMachineName, FunctionName } = Properties as Readonly<Record<string, string | undefined>>;
      const name = StateMachineName ?? FunctionName ?? id;
      return [{ name, isMachine: Type.endsWith("StateMachine") }];
    });
    if (writers.length !== 1) throw new Error(`${writers.length} write to ${group}`);
    const [{ name, isMachine }] = writers as [(typeof writers)[0]];
    return happenings.flatMap((each) => {
      if (each.type === "ExecutionEvent" && isMachine && each.stateMachine.endsWith(name))
        return [JSON.stringify({ type: each.event, details: { error: each.error } })];
      return each.type === "Log" && !isMachine && each.functionName.endsWith(name) ? [each.line] : [];
    });
  };

  return all<Alarm>("AWS::CloudWatch::Alarm").flatMap(([id, alarm]) => {
    const metrics = alarm.Metrics?.flatMap(({ MetricStat }) => MetricStat?.Metric ?? []) ?? [alarm];
    return sum(metrics.map(counted)) > 0 ? [/^Alarms([A-Za-z]+)[0-9A-F]{8}$/.exec(id)![1]!] : [];
  });
}

/** What CloudWatch counts by itself, of the resource with this logical id. */
const countOf: Readonly<Record<string, (happening: Happening, id: string) => boolean>> = {
  "AWS/Lambda Errors": (each, id) =>
    each.type === "InvocationEnded" && each.error !== undefined && each.functionName.endsWith(id),
  "AWS/Lambda DestinationDeliveryFailures": (each, id) =>
    each.type === "Fault" && each.fault === "lose record" && each.where.includes(`${id}, `),
  "AWS/SQS ApproximateNumberOfMessagesVisible": (each, id) => each.type === "MessageSent" && each.queue.endsWith(id),
};

const logicalIdIn = (value: unknown): string => {
  const { Ref, "Fn::GetAtt": [id] = [] } = value as { Ref?: string; "Fn::GetAtt"?: readonly string[] };
  return (Ref ?? id)!;
};

/** A pattern of one term, or one of JSON with the comparisons that ours have: some groups of which all must hold. */
function matching({ FilterPattern: pattern }: Filter): (line: string) => boolean {
  const term = /^"(\w+)"$/.exec(pattern)?.[1];
  if (term) return (line) => line.includes(term);
  const groups = pattern.split("||").map((group) => [...group.matchAll(/\$\.([\w.]+) (!?=) "(\w+)"/g)]);
  if (!pattern.startsWith("{") || groups.some((group) => group.length === 0)) throw new Error(`cannot read ${pattern}`);
  return (line) => {
    const { type, details } = JSON.parse(line) as { type: string; details: { error?: string } };
    const fields: Readonly<Record<string, unknown>> = { type, "details.error": details.error };
    return groups.some((group) =>
      group.every(([, field, operator, value]) => (fields[field!] === value) === (operator === "=")),
    );
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
