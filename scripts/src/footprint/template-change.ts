import { type Template, textOf } from "@ovsc/shared/variant";

/** What a change of the source makes of a variant's template. */
export interface TemplateChange {
  /** Logical ids of functions, rules and state machines that are new, gone, or deployed with other properties. */
  readonly deployables: readonly string[];
  /** Hand-overs between two parties that are new or gone: what both sides have to agree on. */
  readonly contracts: readonly string[];
}

export function changeOf(before: Template, after: Template): TemplateChange {
  const [old, next] = [deployablesIn(before), deployablesIn(after)];
  const names = new Set([...old.keys(), ...next.keys()]);
  const [agreed, then] = [new Set(contractsIn(before)), new Set(contractsIn(after))];
  const contracts = [...agreed, ...then].filter((each) => agreed.has(each) !== then.has(each));
  return {
    deployables: [...names].filter((name) => old.get(name) !== next.get(name)).toSorted(),
    contracts: contracts.toSorted(),
  };
}

const deployed = ["AWS::Lambda::Function", "AWS::Events::Rule", "AWS::StepFunctions::StateMachine"];

/** By logical id, as text. The code of all handlers is one bundle, which any change of it replaces: it is left out. */
function deployablesIn({ Resources }: Template): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(Resources)
      .filter(([, { Type }]) => deployed.includes(Type))
      .map(([id, { Properties }]) => [id, JSON.stringify({ ...(Properties as object), Code: undefined })]),
  );
}

interface Rule {
  readonly EventPattern?: { readonly "detail-type"?: readonly string[]; readonly detail?: unknown };
  readonly Targets: readonly { readonly Arn: unknown }[];
}

interface State {
  readonly Next?: string;
  readonly Default?: string;
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
  readonly Choices?: readonly { readonly Next: string }[];
}

/** Who hands over to whom, each in a line: by a rule, by a state, or by a function that knows another's name. */
function contractsIn({ Resources }: Template): string[] {
  return Object.entries(Resources).flatMap(([id, { Type, Properties }]) => {
    if (Type === "AWS::Events::Rule") return byRule(Properties as Rule);
    if (Type === "AWS::StepFunctions::StateMachine")
      return byState(textOf((Properties as { DefinitionString: unknown }).DefinitionString));
    if (Type === "AWS::Lambda::Function") return byName(id, Properties as FunctionProperties);
    return [];
  });
}

function byRule({ EventPattern, Targets }: Rule): string[] {
  if (!EventPattern) return [];
  const heard = EventPattern["detail-type"]?.join(" or ") ?? "any event";
  const of = textIn(EventPattern.detail);
  return Targets.map(({ Arn }) => `${heard}${of && ` of ${of}`} wakes ${textIn(Arn)}`);
}

function byState(definition: string): string[] {
  const { States } = JSON.parse(definition) as { States: Readonly<Record<string, State>> };
  return Object.entries(States).flatMap(([name, { Next, Default, Catch = [], Choices = [] }]) => [
    ...[Next, Default, ...Choices.map((choice) => choice.Next)].flatMap((next) =>
      next === undefined ? [] : [`${name} leads to ${next}`],
    ),
    ...Catch.flatMap(({ ErrorEquals, Next: next }) => ErrorEquals.map((error) => `${name} after ${error}: ${next}`)),
  ]);
}

interface FunctionProperties {
  readonly Environment?: { readonly Variables?: Readonly<Record<string, unknown>> };
}

const byName = (id: string, { Environment }: FunctionProperties): string[] =>
  Object.entries(Environment?.Variables ?? {}).flatMap(([name, value]) =>
    /^(WAITS_FOR_|STARTS_|FUNCTION_|LOYALTY)/.test(name) && textIn(value) ? [`${id} calls ${textIn(value)}`] : [],
  );

/** The logical ids in a value of a template. */
function textIn(value: unknown): string {
  if (typeof value !== "object" || value === null) return "";
  const { Ref, "Fn::GetAtt": getAtt } = value as { Ref?: string; "Fn::GetAtt"?: readonly [string, string] };
  return Ref ?? getAtt?.[0] ?? Object.values(value).map(textIn).filter(Boolean).join(" ");
}
