import { door } from "../door/door.ts";
import type { Service } from "../service.ts";
import type { Iam } from "./iam.ts";

/** The one operation of the Security Token Service that programs ask for: who am I? */
export const callerIdentity = (iam: Iam): Service => ({
  call: door({ service: "sts", operations: { GetCallerIdentity: (_, { principal }) => iam.identityOf(principal) } }),
});
