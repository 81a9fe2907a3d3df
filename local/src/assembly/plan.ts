import { UnknownFeature } from "../errors.ts";
import { account, arn, type Ids } from "../identity.ts";
import { invalid, resolve, text, type Scope } from "./intrinsics.ts";
import type { AssembledStack } from "./manifest.ts";
import { whereIs } from "./resource-type.ts";
import { staticScope, type StaticScope } from "./scope.ts";
import type { Template, TemplateResource } from "./template.ts";

/** A stack whose template has been read and of which nothing exists yet. */
export interface StackPlan {
  readonly stackName: string;
  readonly template: Template;
  readonly names: StaticScope;
  readonly assets: ReadonlyMap<string, string>;
  /** The resources whose conditions hold, by logical id. */
  readonly resources: ReadonlyMap<string, PlannedResource>;
}

export interface PlannedResource {
  readonly plan: StackPlan;
  readonly logicalId: string;
  readonly source: TemplateResource;
  /** "stack S, resource R": the place of a refusal. */
  readonly where: string;
  /** Filled while the plan is checked. */
  readonly dependencies: Set<PlannedResource>;
}

/** An output of a stack that other stacks may import. */
export interface Export {
  readonly plan: StackPlan;
  readonly value: unknown;
}

/** The value of a resource's `Ref`, or of an attribute where one is named. */
export type Lookup = (resource: PlannedResource, attribute?: string) => unknown;

/** Where a stack is planned. */
export interface PlanOptions {
  readonly region: string;
  readonly ids: Ids;
  /** The plan that it has been deployed by so far. */
  readonly before?: StackPlan | undefined;
}

/**
 * @throws AwsError, UnknownFeature for a condition that cannot be evaluated
 */
export function planStack(stack: AssembledStack, template: Template, { region, ids, before }: PlanOptions): StackPlan {
  const { stackName, assets } = stack;
  checkEnvironment(stack, region);
  const known = before?.names.ref("AWS::StackId") as string | undefined;
  const stackId = known ?? arn("cloudformation", region, `stack/${stackName}/${ids.uuid()}`);
  const names = staticScope(template, stackName, stackId, region);
  const resources = new Map<string, PlannedResource>();
  const plan: StackPlan = { stackName, template, names, assets, resources };
  for (const [logicalId, source] of Object.entries(template.Resources)) {
    if (source.Condition !== undefined && !names.condition(source.Condition)) continue;
    const where = whereIs({ stackName, logicalId });
    resources.set(logicalId, { plan, logicalId, source, where, dependencies: new Set() });
  }
  return plan;
}

/** A stack made for one account or Region has its name in literals that would lead out of this cloud. */
function checkEnvironment({ environment, stackName }: AssembledStack, region: string): void {
  const [, accountId, stackRegion] = /^aws:\/\/([^/]*)\/(.*)$/.exec(environment) ?? [];
  const strange =
    accountId !== "unknown-account" && accountId !== account
      ? `the account ${accountId}`
      : stackRegion !== "unknown-region" && stackRegion !== region
        ? `the Region ${stackRegion}`
        : undefined;
  if (!strange) return;
  throw new UnknownFeature(
    `a stack for ${strange} in a cloud of account ${account}, Region ${region}`,
    `stack ${stackName}`,
  );
}

/** The outputs that stacks export, by export name; a name may be computed from parameters, not from resources. */
export function exportedOutputs(plans: Iterable<StackPlan>): Map<string, Export> {
  const exported = new Map<string, Export>();
  for (const plan of plans) {
    for (const [outputName, output] of Object.entries(plan.template.Outputs)) {
      if (!output.Export || (output.Condition !== undefined && !plan.names.condition(output.Condition))) continue;
      const where = `stack ${plan.stackName}, output ${outputName}`;
      const name = text(resolve(output.Export.Name, exportNameScope(plan), where), where);
      if (exported.has(name))
        throw invalid(`export ${name} of ${where} is already exported by stack ${exported.get(name)!.plan.stackName}`);
      exported.set(name, { plan, value: output.Value });
    }
  }
  return exported;
}

const exportNameScope = (plan: StackPlan): Scope =>
  expressionScope(
    plan,
    new Map(),
    () => {
      throw invalid(`the name of an export of stack ${plan.stackName} may not refer to a resource`);
    },
    (refusal) => {
      throw refusal;
    },
  );

/** What an expression of a resource or output may name: parameters, conditions, mappings, resources, exports. */
export function expressionScope(
  plan: StackPlan,
  exported: ReadonlyMap<string, Export>,
  lookup: Lookup,
  refuse: Scope["refuse"],
): Scope {
  const resourceNamed = (logicalId: string): PlannedResource => {
    const resource = plan.resources.get(logicalId);
    if (!resource) throw invalid(`unresolved resource dependencies [${logicalId}] in stack ${plan.stackName}`);
    return resource;
  };
  return {
    ref: (name) => plan.names.ref(name) ?? lookup(resourceNamed(name)),
    attribute: (logicalId, attribute) => lookup(resourceNamed(logicalId), attribute),
    condition: (name) => plan.names.condition(name),
    mapped: (mapName, top, second) => plan.names.mapped(mapName, top, second),
    imported: (name) => {
      const output = exported.get(name);
      if (!output) throw invalid(`no export named ${name} found`);
      return resolve(output.value, expressionScope(output.plan, exported, lookup, refuse), `export ${name}`);
    },
    refuse,
  };
}
