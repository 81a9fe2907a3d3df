import { UnknownFeature } from "../errors.ts";
import { metadataType } from "./check.ts";
import type { Existing } from "./create.ts";
import type { Deployed } from "./load.ts";
import type { PlannedResource, StackPlan } from "./plan.ts";
import type { Created, ResourceType } from "./resource-type.ts";

/** What becomes of the resources that are there. */
export interface Update {
  /** By the resource of the new plan that takes over. */
  readonly existing: ReadonlyMap<PlannedResource, Existing>;
  /** What is to go, what depends on others first. */
  readonly removed: readonly { readonly resource: PlannedResource; readonly created: Created }[];
}

/** The sections that resources are computed by. */
const sections = ["Parameters", "Mappings", "Conditions"] as const;

/**
 * Compares what is deployed with what is to be, resource by resource, as the templates write them.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html
 * (2026-11-21)
 * @param refusals filled with each change that would replace a resource or lose its state, or is not known here
 */
export function planUpdate(
  before: Deployed,
  plans: readonly StackPlan[],
  types: ReadonlyMap<string, ResourceType<unknown>>,
  refusals: Error[],
): Update {
  const existing = new Map<PlannedResource, Existing>();
  const removed: { resource: PlannedResource; created: Created }[] = [];
  const refuse = (what: string, where: string) => refusals.push(new UnknownFeature(what, where));
  for (const old of before.plans) {
    const plan = plans.find(({ stackName }) => stackName === old.stackName);
    if (!plan) {
      refuse("the removal of a stack in an update", `stack ${old.stackName}`);
      continue;
    }
    for (const section of sections) {
      if (same(old.template[section], plan.template[section])) continue;
      refuse(`a change of ${section} in an update`, `stack ${old.stackName}`);
    }
    for (const [logicalId, resource] of old.resources) {
      const created = before.created.get(resource)!;
      const next = plan.resources.get(logicalId);
      if (!next) {
        if (keeps(resource)) continue;
        if (types.get(resource.source.Type)?.remove) removed.unshift({ resource, created });
        else refuse(`the removal of ${resource.source.Type} in an update`, resource.where);
      } else {
        const changed = changesOf(resource, next);
        const allowed = types.get(next.source.Type)?.change?.of ?? [];
        for (const what of changed) if (!allowed.includes(what)) refuse(replacement(what, resource), next.where);
        existing.set(next, { created, isChanged: changed.length > 0 });
      }
    }
  }
  return { existing, removed };
}

/** The names of the properties that are written otherwise; `Type` where it is another resource altogether. */
function changesOf({ source: old }: PlannedResource, { source: next }: PlannedResource): readonly string[] {
  if (old.Type !== next.Type) return ["Type"];
  if (old.Type === metadataType) return [];
  const names = new Set([...Object.keys(old.Properties), ...Object.keys(next.Properties)]);
  return [...names].filter((name) => !same(old.Properties[name], next.Properties[name]));
}

const replacement = (what: string, { source }: PlannedResource): string =>
  `a change of ${what} of ${source.Type} in an update, which would replace it or lose its state`;

const keeps = ({ source }: PlannedResource): boolean =>
  source.Type === metadataType || source.DeletionPolicy?.startsWith("Retain") === true;

const same = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);
