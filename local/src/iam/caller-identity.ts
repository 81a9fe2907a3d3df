import { UnknownFeature } from "../errors.ts";
import type { Service } from "../service.ts";
import type { Iam } from "./iam.ts";

/** The one operation of the Security Token Service that programs ask for: who am I? */
export const callerIdentity = (iam: Iam): Service => ({
  call(operation, _input, caller) {
    if (operation !== "GetCallerIdentity") throw new UnknownFeature(`the operation ${operation}`, "sts");
    return iam.identityOf(caller.principal);
  },
});
