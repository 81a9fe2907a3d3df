import { AwsError } from "../errors.ts";
import { account } from "../identity.ts";
import type { Principal } from "../service.ts";

/** Why a call is denied, in AWS's words. */
export type Denial =
  | "no identity-based policy"
  | "no resource-based policy"
  | "explicit deny in an identity-based policy"
  | "explicit deny in a resource-based policy";

/** The error code and HTTP status with which each service denies; those not named answer AccessDeniedException, 400. */
const answers: Readonly<Record<string, { readonly code: string; readonly statusCode: number }>> = {
  lambda: { code: "AccessDeniedException", statusCode: 403 },
  sqs: { code: "AccessDenied", statusCode: 403 },
};

/**
 * The answer to a call that IAM denies.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function deniedCall(principal: Principal, action: string, resourceArn: string, denial: Denial): AwsError {
  const [service = "", operation] = action.split(":");
  const { code, statusCode } = answers[service] ?? { code: "AccessDeniedException", statusCode: 400 };
  // SQS writes its actions in lower case here, and only here.
  const shown = service === "sqs" ? `sqs:${operation?.toLowerCase()}` : action;
  const reason = denial.startsWith("no ") ? `because ${denial} allows the ${shown} action` : `with an ${denial}`;
  return new AwsError(
    code,
    `User: ${userArn(principal)} is not authorized to perform: ${shown} on resource: ${resourceArn} ${reason}`,
    statusCode,
  );
}

/** How AWS names a caller: a role by its session, a service by its principal. */
export function userArn(principal: Principal): string {
  if (principal.kind === "operator") return `arn:aws:iam::${account}:root`;
  if (principal.kind === "service") return principal.service;
  const role = principal.arn.slice(principal.arn.lastIndexOf("/") + 1);
  return `arn:aws:sts::${account}:assumed-role/${role}/${principal.session ?? role}`;
}
