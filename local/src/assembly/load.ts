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

/**
 * Creates the resources of stacks in the order of their dependencies. What can be seen in the templates is checked for
 * all stacks before the first resource is created.
 * @returns the stacks by name
 * @throws AssemblyRefused with every refusal, not only the first
 */
export function loadStacks(
  assembled: readonly AssembledStack[],
  types: ReadonlyMap<string, ResourceType<unknown>>,
  region: string,
  ids: Ids,
): Map<string, LoadedStack> {
  const refusals: Error[] = [];
  const endPhase = () => {
    if (refusals.length > 0) throw new AssemblyRefused(refusals);
  };
  try {
    const plans = planStacks(assembled, region, ids, refusals);
    endPhase();
    const exported = exportedOutputs(plans);
    for (const plan of plans) checkStack(plan, types, exported, refusals);
    endPhase();
    const created = createResources(plans, types, exported, refusals);
    endPhase();
    const loaded = plans.map((plan) => loadedStack(plan, exported, created, refusals));
    endPhase();
    return new Map(loaded.map((stack) => [stack.stackName, stack]));
  } catch (thrown) {
    throw thrown instanceof AssemblyRefused
      ? thrown
      : new AssemblyRefused([...refusals, refusalAt(thrown, "the templates")]);
  }
}

function planStacks(assembled: readonly AssembledStack[], region: string, ids: Ids, refusals: Error[]): StackPlan[] {
  const byName = new Map<string, AssembledStack>();
  for (const stack of assembled) {
    if (byName.has(stack.stackName))
      throw new UnknownFeature("two stacks of the same name", `stack ${stack.stackName}`);
    byName.set(stack.stackName, stack);
  }
  const before = (stack: AssembledStack) =>
    stack.dependencies.map((name) => byName.get(name)).filter((found) => found !== undefined);
  return dependencyOrder(assembled, before, ({ stackName }) => stackName).flatMap((stack) => {
    const parsed = parseTemplate(stack.template, `stack ${stack.stackName}`);
    if ("refusals" in parsed) {
      refusals.push(...parsed.refusals);
      return [];
    }
    try {
      return planStack(stack, parsed.template, region, ids);
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
