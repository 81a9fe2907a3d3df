import { UnknownFeature } from "../errors.ts";
import type { Ids } from "../identity.ts";
import { checkStack } from "./check.ts";
import { createdLookup, createResources } from "./create.ts";
import { resolve, text } from "./intrinsics.ts";
import type { AssembledStack } from "./manifest.ts";
import { dependencyOrder } from "./order.ts";
import {
  exportedOutputs,
  expressionScope,
  planStack,
  type Export,
  type PlannedResource,
  type StackPlan,
} from "./plan.ts";
import { AssemblyRefused, refusalAt } from "./refused.ts";
import type { Created, ResourceType } from "./resource-type.ts";
import { parseTemplate } from "./template.ts";
import { planUpdate } from "./update.ts";

/** A resource as it stands after its creation. */
export interface LoadedResource {
  readonly type: string;
  /** The value of `Ref`. */
  readonly physicalId: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface LoadedStack {
  readonly stackName: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** By logical id. */
  readonly resources: Readonly<Record<string, LoadedResource>>;
}

/** Stacks as they are deployed, and what to know of them when they are to be changed. */
export interface Deployed {
  readonly plans: readonly StackPlan[];
  readonly created: ReadonlyMap<PlannedResource, Created>;
  /** By name. */
  readonly stacks: ReadonlyMap<string, LoadedStack>;
}

/** What stacks are deployed with. */
export interface Surroundings {
  readonly types: ReadonlyMap<string, ResourceType<unknown>>;
  readonly region: string;
  readonly ids: Ids;
}

/**
 * Deploys stacks: creates their resources in the order of their dependencies, or changes those that are there. What can
 * be seen in the templates is checked for all stacks before the first resource is touched.
 * @param before what these stacks are to take the place of
 * @throws AssemblyRefused with every refusal, not only the first
 */
export function deployStacks(
  assembled: readonly AssembledStack[],
  surroundings: Surroundings,
  before: Deployed = nothing,
): Deployed {
  const { types } = surroundings;
  const refusals: Error[] = [];
  const endPhase = () => {
    if (refusals.length > 0) throw new AssemblyRefused(refusals);
  };
  try {
    const plans = planStacks(assembled, surroundings, before, refusals);
    endPhase();
    const exported = exportedOutputs(plans);
    for (const plan of plans) checkStack(plan, types, exported, refusals);
    const update = planUpdate(before, plans, types, refusals);
    endPhase();
    const created = createResources(plans, { types, exported, existing: update.existing }, refusals);
    endPhase();
    for (const { resource, created: gone } of update.removed) {
      const { stackName } = resource.plan;
      types.get(resource.source.Type)!.remove!(gone, { stackName, logicalId: resource.logicalId });
    }
    const loaded = plans.map((plan) => loadedStack(plan, exported, created, refusals));
    endPhase();
    return { plans, created, stacks: new Map(loaded.map((stack) => [stack.stackName, stack])) };
  } catch (thrown) {
    throw thrown instanceof AssemblyRefused
      ? thrown
      : new AssemblyRefused([...refusals, refusalAt(thrown, "the templates")]);
  }
}

const nothing: Deployed = { plans: [], created: new Map(), stacks: new Map() };

function planStacks(
  assembled: readonly AssembledStack[],
  { region, ids }: Surroundings,
  before: Deployed,
  refusals: Error[],
): StackPlan[] {
  const byName = new Map<string, AssembledStack>();
  for (const stack of assembled) {
    if (byName.has(stack.stackName))
      throw new UnknownFeature("two stacks of the same name", `stack ${stack.stackName}`);
    byName.set(stack.stackName, stack);
  }
  const dependencies = (stack: AssembledStack) =>
    stack.dependencies.map((name) => byName.get(name)).filter((found) => found !== undefined);
  return dependencyOrder(assembled, dependencies, ({ stackName }) => stackName).flatMap((stack) => {
    const parsed = parseTemplate(stack.template, `stack ${stack.stackName}`);
    if ("refusals" in parsed) {
      refusals.push(...parsed.refusals);
      return [];
    }
    try {
      const known = before.plans.find(({ stackName }) => stackName === stack.stackName);
      return planStack(stack, parsed.template, { region, ids, before: known });
    } catch (thrown) {
      refusals.push(refusalAt(thrown, `stack ${stack.stackName}`));
      return [];
    }
  });
}

function loadedStack(
  plan: StackPlan,
  exported: ReadonlyMap<string, Export>,
  created: ReadonlyMap<PlannedResource, Created>,
  refusals: Error[],
): LoadedStack {
  const scope = expressionScope(plan, exported, createdLookup(created), (refusal) => refusals.push(refusal));
  const outputs: [string, string][] = [];
  for (const [name, output] of Object.entries(plan.template.Outputs)) {
    if (output.Condition !== undefined && !plan.names.condition(output.Condition)) continue;
    const where = `stack ${plan.stackName}, output ${name}`;
    const value = resolve(output.Value, scope, where);
    if (typeof value === "symbol") continue; // refused, or AWS::NoValue
    outputs.push([name, text(value, where)]);
  }
  const resources: [string, LoadedResource][] = [];
  for (const [logicalId, resource] of plan.resources) {
    const { ref, attributes } = created.get(resource)!;
    resources.push([logicalId, { type: resource.source.Type, physicalId: ref, attributes }]);
  }
  return {
    stackName: plan.stackName,
    outputs: Object.fromEntries(outputs),
    resources: Object.fromEntries(resources),
  };
}
