import { UnknownFeature } from "../errors.ts";
import { account } from "../identity.ts";
import { invalid, list, noValue, pending, resolve, text, type Scope } from "./intrinsics.ts";
import type { Template } from "./template.ts";

/** What a name of one template means before any of its resources exists. */
export interface StaticScope {
  /** Undefined where the name is neither a parameter nor a pseudo parameter. */
  ref(name: string): unknown;
  condition(name: string): boolean;
  mapped(mapName: string, topLevelKey: string, secondLevelKey: string): unknown;
}

/** The parameter CDK writes to check its bootstrap stack: accepted unread, since nothing is bootstrapped here. */
const bootstrapVersion = "BootstrapVersion";

/**
 * Parameters by their defaults, pseudo parameters, mappings, and conditions evaluated when they are first asked for.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html
 */
export function staticScope(template: Template, stackName: string, stackId: string, region: string): StaticScope {
  const names = new Map<string, unknown>([
    ["AWS::AccountId", account],
    ["AWS::NoValue", noValue],
    ["AWS::Partition", "aws"],
    ["AWS::Region", region],
    ["AWS::StackId", stackId],
    ["AWS::StackName", stackName],
    ["AWS::URLSuffix", "amazonaws.com"],
  ]);
  const conditions = new Map<string, boolean | typeof pending>();

  const scope: StaticScope = {
    ref(name) {
      if (names.has(name)) return names.get(name);
      if (name.startsWith("AWS::")) throw new UnknownFeature(`the pseudo parameter ${name}`, `stack ${stackName}`);
      const parameter = own(template.Parameters, name);
      if (!parameter) return undefined;
      const value = parameterValue(parameter, name, `stack ${stackName}, parameter ${name}`);
      names.set(name, value);
      return value;
    },
    condition(name) {
      const known = conditions.get(name);
      if (known === pending) throw invalid(`condition ${name} depends on itself`);
      if (known !== undefined) return known;
      if (!Object.hasOwn(template.Conditions, name)) throw invalid(`unresolved condition ${name}`);
      conditions.set(name, pending);
      const holds = evaluate(
        template.Conditions[name],
        conditionScope(scope, name),
        `stack ${stackName}, condition ${name}`,
      );
      conditions.set(name, holds);
      return holds;
    },
    mapped(mapName, topLevelKey, secondLevelKey) {
      const value = own(own(own(template.Mappings, mapName), topLevelKey), secondLevelKey);
      if (value === undefined) throw invalid(`unable to get mapping for ${mapName}::${topLevelKey}::${secondLevelKey}`);
      return value;
    },
  };
  return scope;
}

const own = <Value>(values: Readonly<Record<string, Value>> | undefined, name: string): Value | undefined =>
  values !== undefined && Object.hasOwn(values, name) ? values[name] : undefined;

/** Every parameter takes its default: an assembly is loaded as it would be deployed without `--parameters`. */
function parameterValue(parameter: Template["Parameters"][string], name: string, where: string): unknown {
  const { Type: type, Default: value } = parameter;
  if (name === bootstrapVersion) throw new UnknownFeature("the value of the parameter BootstrapVersion", where);
  if (value === undefined) throw new UnknownFeature(`the parameter ${name} without a Default`, where);
  if (type === "String" || type === "Number") return String(value);
  if (type === "CommaDelimitedList" || type === "List<Number>")
    return String(value)
      .split(",")
      .map((part) => part.trim());
  throw new UnknownFeature(`a parameter of type ${type}`, where);
}

/** A condition may name parameters, mappings and other conditions, never a resource. */
const conditionScope = (names: StaticScope, condition: string): Scope => ({
  ...names,
  ref: (name) => names.ref(name) ?? refuseResource(name, condition),
  attribute: (logicalId) => refuseResource(logicalId, condition),
  imported: () => refuseResource("Fn::ImportValue", condition),
  refuse: (refusal) => {
    throw refusal;
  },
});

function refuseResource(name: string, condition: string): never {
  throw invalid(`condition ${condition} may not refer to ${name}`);
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-conditions.html */
function evaluate(expression: unknown, scope: Scope, path: string): boolean {
  const entries = typeof expression === "object" && expression !== null ? Object.entries(expression) : [];
  const [name, argument] = entries.length === 1 ? entries[0]! : ["", undefined];
  switch (name) {
    case "Condition":
      return scope.condition(text(argument, name));
    case "Fn::Equals": {
      const [left, right] = list(argument, name, 2).map((side) => JSON.stringify(resolve(side, scope, path)));
      return left === right;
    }
    case "Fn::Not":
      return !evaluate(list(argument, name, 1)[0], scope, path);
    case "Fn::And":
      return list(argument, name).every((operand) => evaluate(operand, scope, path));
    case "Fn::Or":
      return list(argument, name).some((operand) => evaluate(operand, scope, path));
    default:
      throw new UnknownFeature(`the condition function ${name || JSON.stringify(expression)}`, path);
  }
}
