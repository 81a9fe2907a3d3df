import type { Template } from "@ovsc/shared/variant";

/** What a reference to a resource is worth once the resource is there: see `LoadedResource`. */
interface Named {
  readonly physicalId: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/**
 * A template without some of its resources, as if they had been deleted once it was deployed: what refers to them
 * still names them. Outputs that do are left out.
 * @param gone logical ids
 * @param named every resource of the template as it was deployed
 */
export function takeAway(
  template: Template,
  gone: ReadonlySet<string>,
  named: Readonly<Record<string, Named>>,
): Template {
  const resolved = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolved);
    if (typeof value !== "object" || value === null) return value;
    const { Ref, "Fn::GetAtt": attribute } = value as { Ref?: string; "Fn::GetAtt"?: readonly [string, string] };
    if (Ref !== undefined && gone.has(Ref)) return named[Ref]!.physicalId;
    if (attribute && gone.has(attribute[0])) return named[attribute[0]]!.attributes[attribute[1]];
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolved(each)]));
  };
  const without = (id: string) => !gone.has(id);
  const resources = Object.entries(template.Resources).filter(([id]) => without(id));
  const left = resources.map(([id, { DependsOn, ...resource }]: [string, Dependent]) => [
    id,
    { ...resource, ...(DependsOn !== undefined && { DependsOn: [DependsOn].flat().filter(without) }) },
  ]);
  const outputs = Object.entries(template.Outputs ?? {}).filter(
    ([, output]) => JSON.stringify(resolved(output)) === JSON.stringify(output),
  );
  return {
    ...template,
    Resources: resolved(Object.fromEntries(left)) as Template["Resources"],
    Outputs: Object.fromEntries(outputs),
  };
}

type Dependent = Template["Resources"][string] & { readonly DependsOn?: string | readonly string[] };
