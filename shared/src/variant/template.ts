/** A CloudFormation template, as far as diagrams read it. */
export interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: unknown }>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown }>>;
}

/** @returns the properties of all resources of a type, in the order of the template */
export function resourcesOf<Properties>({ Resources }: Template, type: string): Properties[] {
  return Object.values(Resources)
    .filter(({ Type }) => Type === type)
    .map(({ Properties: properties }) => properties as Properties);
}

/** A statement of an IAM policy, as a template writes it. */
export interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

/** What the roles whose logical ids begin so may do, or all roles where none is named. */
export const grantsOf = (template: Template, role = ""): Statement[] =>
  resourcesOf<{ Roles: unknown; PolicyDocument: { Statement: Statement[] } }>(template, "AWS::IAM::Policy")
    .filter(({ Roles }) => referencesIn(Roles).some((id) => id.startsWith(role)))
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement);

/**
 * The steps whose functions a value of a template refers to, such as a target's `Arn`.
 * @returns the step's name where a function is meant, the logical id where another resource is
 */
export function stepsIn(value: unknown, { Resources }: Template): string[] {
  return referencesIn(value).map((logicalId) => {
    const { Environment } = (Resources[logicalId]?.Properties ?? {}) as {
      Environment?: { Variables?: { STEP_NAME?: string } };
    };
    return Environment?.Variables?.STEP_NAME ?? logicalId;
  });
}

/** A text of a template, such as a definition, with the logical id wherever it refers to a resource. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  const { "Fn::Join": join } = value as { "Fn::Join"?: readonly [separator: string, parts: readonly unknown[]] };
  return join ? join[1].map(textOf).join(join[0]) : (referencesIn(value)[0] ?? "");
}

/** The logical ids that a value refers to by Ref or Fn::GetAtt, pseudo parameters left out. */
function referencesIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const { Ref, "Fn::GetAtt": getAtt } = value as { Ref?: string; "Fn::GetAtt"?: readonly [string, string] };
  if (Ref) return Ref.startsWith("AWS::") ? [] : [Ref];
  if (getAtt) return [getAtt[0]];
  return Object.values(value).flatMap(referencesIn);
}
