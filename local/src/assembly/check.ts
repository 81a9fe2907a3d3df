import { UnknownFeature } from "../errors.ts";
import { invalid, pending, resolve } from "./intrinsics.ts";
import { expressionScope, type Export, type PlannedResource, type StackPlan } from "./plan.ts";
import type { ResourceType } from "./resource-type.ts";
import { refusalsOf } from "./template.ts";

/** What CDK writes about itself into a template; it deploys nothing. */
export const metadataType = "AWS::CDK::Metadata";

/**
 * Checks what can be seen of a stack before it exists: resource types, names of properties, intrinsic functions, and
 * what they refer to. Fills in the dependencies of its resources.
 */
export function checkStack(
  plan: StackPlan,
  types: ReadonlyMap<string, ResourceType<unknown>>,
  exported: ReadonlyMap<string, Export>,
  refusals: Error[],
): void {
  for (const resource of plan.resources.values()) checkResource(resource, types, exported, refusals);
  for (const [name, output] of Object.entries(plan.template.Outputs)) {
    if (output.Condition !== undefined && !plan.names.condition(output.Condition)) continue;
    const scope = expressionScope(
      plan,
      exported,
      () => pending,
      (refusal) => refusals.push(refusal),
    );
    resolve(output.Value, scope, `stack ${plan.stackName}, output ${name}`);
  }
}

function checkResource(
  resource: PlannedResource,
  types: ReadonlyMap<string, ResourceType<unknown>>,
  exported: ReadonlyMap<string, Export>,
  refusals: Error[],
): void {
  const { plan, source, where } = resource;
  for (const logicalId of [source.DependsOn ?? []].flat()) {
    const dependency = plan.resources.get(logicalId);
    if (dependency) resource.dependencies.add(dependency);
    // What a condition keeps from being created is nothing to wait for.
    else if (!Object.hasOwn(plan.template.Resources, logicalId))
      refusals.push(invalid(`unresolved resource dependencies [${logicalId}] at ${where}`));
  }
  const scope = expressionScope(
    plan,
    exported,
    (dependency) => {
      resource.dependencies.add(dependency);
      return pending;
    },
    (refusal) => refusals.push(refusal),
  );
  const properties = resolve(source.Properties, scope, `${where}, Properties`);
  if (source.Type === metadataType) return;
  const type = types.get(source.Type);
  if (!type) refusals.push(new UnknownFeature(typeName(source.Type), where));
  else refusals.push(...unknownProperties(type, properties, where));
}

const typeName = (type: string): string =>
  type === "AWS::CloudFormation::Stack" ? "nested stacks (AWS::CloudFormation::Stack)" : `the resource type ${type}`;

/**
 * The properties a type does not have. Values are looked at when the resource is created, with what was pending here.
 */
export function unknownProperties(type: ResourceType<unknown>, properties: unknown, where: string): UnknownFeature[] {
  const { error } = type.properties.safeParse(properties);
  if (!error) return [];
  const strange = error.issues.filter((issue) => issue.code === "unrecognized_keys");
  return refusalsOf({ issues: strange }, type.type, where);
}
