import { UnknownFeature } from "../errors.ts";
import { account } from "../identity.ts";
import type { Principal } from "../service.ts";

/** The element of a statement: `"*"`, or names by kind. */
export type PrincipalElement = "*" | Readonly<Record<string, string | string[]>>;

/**
 * How a statement names a caller: by itself, or only by its account, which leaves the decision about each of its roles
 * to their identity policies.
 */
export type Named = "caller" | "account" | "no";

export type NamesPrincipal = (principal: Principal) => Named;

/**
 * Step Functions also goes by the name it has in the Region of what it acts for.
 * https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html (2026-11-21)
 */
function serviceNames({ service, sourceArn }: Principal & { kind: "service" }): string[] {
  const [, , , region] = sourceArn.split(":");
  return service === "states.amazonaws.com" ? [service, `states.${region}.amazonaws.com`] : [service];
}

/**
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 * @throws UnknownFeature for users, sessions, federated principals and other accounts
 */
export function compilePrincipal(element: PrincipalElement, where: string): NamesPrincipal {
  if (element === "*") return () => "caller";
  const services = new Set<string>();
  const roles = new Set<string>();
  let anyone = false;
  let wholeAccount = false;
  for (const [kind, values] of Object.entries(element)) {
    for (const value of [values].flat()) {
      if (kind === "Service") services.add(value);
      else if (kind !== "AWS") throw new UnknownFeature(`the principal kind ${kind}`, where);
      else if (value === "*") anyone = true;
      else if (value === account || value === `arn:aws:iam::${account}:root`) wholeAccount = true;
      else if (value.startsWith(`arn:aws:iam::${account}:role/`)) roles.add(value);
      else throw new UnknownFeature(`the principal ${value}`, where);
    }
  }
  return (principal) => {
    if (anyone) return "caller";
    if (principal.kind === "service")
      return serviceNames(principal).some((name) => services.has(name)) ? "caller" : "no";
    if (principal.kind === "role" && roles.has(principal.arn)) return "caller";
    return wholeAccount ? "account" : "no";
  };
}
