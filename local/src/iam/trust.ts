import type { Created, ResourceType } from "../assembly/resource-type.ts";
import type { Iam } from "./iam.ts";

/** A resource type whose resources are refused, as AWS does, where the role they name does not trust their service. */
export function withTrustedRoles(type: ResourceType<unknown>, iam: Iam): ResourceType<unknown> {
  const { roles } = type;
  if (!roles) return type;
  return {
    ...type,
    create(properties, logical): Created {
      const created = type.create(properties, logical);
      for (const roleArn of roles.of(properties)) {
        if (!iam.trusts(roleArn, roles.service, created.attributes["Arn"] ?? created.ref)) throw roles.refusal(roleArn);
      }
      return created;
    },
  };
}
