import type { Created, LogicalResource, ResourceType } from "../assembly/resource-type.ts";
import type { Iam } from "./iam.ts";

/** A resource type whose resources are refused, as AWS does, where the role they name does not trust their service. */
export function withTrustedRoles(type: ResourceType<unknown>, iam: Iam): ResourceType<unknown> {
  const { roles, change } = type;
  if (!roles) return type;
  const trusted = (properties: unknown, created: Created): Created => {
    for (const roleArn of roles.of(properties)) {
      if (!iam.trusts(roleArn, roles.service, created.attributes["Arn"] ?? created.ref)) throw roles.refusal(roleArn);
    }
    return created;
  };
  return {
    ...type,
    create: (properties, logical) => trusted(properties, type.create(properties, logical)),
    ...(change && {
      change: {
        of: change.of,
        apply: (properties: unknown, logical: LogicalResource, created: Created) =>
          trusted(properties, change.apply(properties, logical, created)),
      },
    }),
  };
}
