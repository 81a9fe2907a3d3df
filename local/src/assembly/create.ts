import { UnknownFeature } from "../errors.ts";
import { metadataType } from "./check.ts";
import { pending, resolve } from "./intrinsics.ts";
import { dependencyOrder } from "./order.ts";
import { expressionScope, type Export, type Lookup, type PlannedResource, type StackPlan } from "./plan.ts";
import { refusalAt } from "./refused.ts";
import type { Created, LogicalResource, ResourceType } from "./resource-type.ts";
import { refusalsOf } from "./template.ts";

/** A resource that is there already. */
export interface Existing {
  readonly created: Created;
  readonly isChanged: boolean;
}

/** What resources are created with. */
export interface Creating {
  readonly types: ReadonlyMap<string, ResourceType<unknown>>;
  readonly exported: ReadonlyMap<string, Export>;
  /** What is there already: it is changed where the plan has changed. */
  readonly existing: ReadonlyMap<PlannedResource, Existing>;
}

/**
 * Creates every resource after those it depends on. One that is refused keeps what depends on it from being created,
 * and the rest goes on, so that all refusals are known at once.
 * @param refusals filled with what was refused
 */
export function createResources(
  plans: readonly StackPlan[],
  { types, exported, existing }: Creating,
  refusals: Error[],
): Map<PlannedResource, Created> {
  const created = new Map<PlannedResource, Created>();
  const lookup = createdLookup(created);
  const all = plans.flatMap((plan) => [...plan.resources.values()]);
  for (const resource of dependencyOrder(
    all,
    ({ dependencies }) => dependencies,
    ({ logicalId }) => logicalId,
  )) {
    if (![...resource.dependencies].every((dependency) => created.has(dependency))) continue;
    const known = existing.get(resource);
    if (known && !known.isChanged) {
      created.set(resource, known.created);
      continue;
    }
    const wrong: Error[] = [];
    const scope = expressionScope(resource.plan, exported, lookup, (refusal) => wrong.push(refusal));
    const properties = resolve(resource.source.Properties, scope, `${resource.where}, Properties`);
    const result = wrong.length > 0 ? wrong : create(resource, types.get(resource.source.Type), properties, known);
    if (Array.isArray(result)) refusals.push(...result);
    else created.set(resource, result);
  }
  return created;
}

/** Values of created resources; an attribute that a type does not give is refused by name. */
export function createdLookup(created: ReadonlyMap<PlannedResource, Created>): Lookup {
  return (resource, attribute) => {
    const made = created.get(resource);
    if (!made) return pending;
    if (attribute === undefined) return made.ref;
    if (Object.hasOwn(made.attributes, attribute)) return made.attributes[attribute];
    throw new UnknownFeature(`the attribute ${attribute} of ${resource.source.Type}`, `of ${resource.logicalId}`);
  };
}

function create(
  resource: PlannedResource,
  type: ResourceType<unknown> | undefined,
  properties: unknown,
  known: Existing | undefined,
): Created | Error[] {
  const { plan, logicalId, source, where } = resource;
  if (source.Type === metadataType) return { ref: logicalId, attributes: {} };
  const parsed = type!.properties.safeParse(properties);
  if (!parsed.success) return refusalsOf(parsed.error, source.Type, where);
  try {
    const logical: LogicalResource = {
      stackName: plan.stackName,
      logicalId,
      asset: (s3Key) => {
        const path = plan.assets.get(s3Key);
        if (path === undefined) throw new UnknownFeature(`the asset ${s3Key}, which no asset manifest names`, where);
        return path;
      },
    };
    return known ? type!.change!.apply(parsed.data, logical, known.created) : type!.create(parsed.data, logical);
  } catch (thrown) {
    return [refusalAt(thrown, where)];
  }
}
