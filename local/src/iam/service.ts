import type { ServiceDescriptor } from "../descriptor.ts";
import { readStsQuery } from "../wire/sts-query.ts";
import { callerIdentity } from "./caller-identity.ts";
import { resourcePolicyResources } from "./resource-policies.ts";
import { roleResources } from "./role-resources.ts";

/** Roles and policies, which templates bring, and the Security Token Service, which tells a caller who it is. */
export const iamService: ServiceDescriptor = {
  name: "sts",
  protocol: { kind: "paths", read: readStsQuery },
  // No permissions are required to perform this operation.
  actions: { GetCallerIdentity: () => [] },
  tasks: { sdk: { id: "sts", name: "Sts" } },
  open({ iam, region }) {
    return {
      service: callerIdentity(iam),
      resources: [...roleResources(iam), ...resourcePolicyResources(iam, region)],
    };
  },
};
