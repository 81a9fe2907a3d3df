import { AwsError } from "../errors.ts";
import { account } from "../identity.ts";
import type { Principal } from "../service.ts";
import type { Requirement } from "./action-table.ts";
import type { RequestValues } from "./condition.ts";
import { deniedCall, userArn, type Denial } from "./denied.ts";
import type { Statement } from "./document.ts";

/** A statement and what brought it, such as a policy of a template. */
type Attached = Statement & { readonly by: string };

/** A role: who may take it on, and what it may do then. */
interface Role {
  /** Such as `AROA…`: what a role is called where its name could come again. */
  readonly id: string;
  trust: readonly Statement[];
  identity: Attached[];
}

const allowed = "allowed";

/** Decisions that were made before, by principal, resource and action. */
type Decisions = Map<string, Map<string, Map<string, Denial | typeof allowed>>>;

/** How many decisions are remembered before they are forgotten at once: resources such as executions have no end. */
const rememberedDecisions = 20_000;

/**
 * Decides whether a principal may carry out an action on a resource of the same account: an explicit deny beats an
 * allow, and what nobody allows is denied.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export class Iam {
  readonly #roles = new Map<string, Role>();
  readonly #resourcePolicies = new Map<string, Attached[]>();
  readonly #byRole: Decisions = new Map();
  readonly #byService = new Map<string, Decisions>();
  #remembered = 0;

  /**
   * @returns the role's unique id
   * @throws AwsError EntityAlreadyExists
   */
  addRole(roleArn: string, trust: readonly Statement[]): string {
    if (this.#roles.has(roleArn)) {
      throw new AwsError("EntityAlreadyExists", `Role with name ${roleName(roleArn)} already exists.`, 409);
    }
    const id = `AROA${String(this.#roles.size + 1).padStart(17, "0")}`;
    this.#roles.set(roleArn, { id, trust, identity: [] });
    return id;
  }

  /** @throws AwsError NoSuchEntity */
  changeTrust(roleArn: string, trust: readonly Statement[]): void {
    this.#role(roleArn).trust = trust;
  }

  /** Without roles and policies. */
  clear(): void {
    this.#roles.clear();
    this.#resourcePolicies.clear();
    this.#forget();
  }

  removeRole(roleArn: string): void {
    this.#roles.delete(roleArn);
    this.#forget();
  }

  /**
   * The caller, as GetCallerIdentity tells it.
   * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
   */
  identityOf(principal: Principal): { Account: string; Arn: string; UserId: string } {
    const role = principal.kind === "role" ? this.#roles.get(principal.arn) : undefined;
    const arn = userArn(principal);
    return { Account: account, Arn: arn, UserId: role ? `${role.id}:${arn.slice(arn.lastIndexOf("/") + 1)}` : account };
  }

  /**
   * @returns the ARN of a role, which may have a path
   * @throws AwsError NoSuchEntity
   */
  roleNamed(name: string): string {
    for (const arn of this.#roles.keys()) if (roleName(arn) === name) return arn;
    throw noSuchRole(name);
  }

  /**
   * @param by what brings the statements, for `detach`
   * @throws AwsError NoSuchEntity
   */
  attachToRole(roleArn: string, statements: readonly Statement[], by: string): void {
    this.#role(roleArn).identity.push(...statements.map((statement) => ({ ...statement, by })));
    this.#forget();
  }

  /** Adds to the policy of a resource, such as a queue or a function. */
  attachToResource(resourceArn: string, statements: readonly Statement[], by: string): void {
    const attached = statements.map((statement) => ({ ...statement, by }));
    const policy = this.#resourcePolicies.get(resourceArn);
    if (policy) policy.push(...attached);
    else this.#resourcePolicies.set(resourceArn, attached);
    this.#forget();
  }

  /** Takes away every statement that `by` brought. */
  detach(by: string): void {
    const others = (statements: readonly Attached[]) => statements.filter((statement) => statement.by !== by);
    for (const role of this.#roles.values()) role.identity = others(role.identity);
    for (const [arn, policy] of this.#resourcePolicies) this.#resourcePolicies.set(arn, others(policy));
    this.#forget();
  }

  #role(roleArn: string): Role {
    const role = this.#roles.get(roleArn);
    if (!role) throw noSuchRole(roleName(roleArn));
    return role;
  }

  /**
   * @param request what the request carries under condition keys
   * @throws AwsError with the code, status and words of the service that the action belongs to
   */
  authorize(principal: Principal, required: Requirement, request: RequestValues): void {
    if (principal.kind === "operator") return;
    const denial = this.decide(principal, required, request);
    if (denial !== undefined) throw deniedCall(principal, required.action, required.resource, denial);
  }

  /** @returns why the call is denied; undefined where it is allowed */
  decide(
    principal: Principal,
    { action, resource: resourceArn }: Requirement,
    request: RequestValues = carriesNothing,
  ): Denial | undefined {
    if (principal.kind === "operator") return undefined;
    const decisions = principal.kind === "role" ? this.#byRole : child(this.#byService, principal.service);
    const byResource = child(decisions, principal.kind === "role" ? principal.arn : principal.sourceArn);
    const byAction = child(byResource, resourceArn);
    const known = byAction.get(action);
    if (known !== undefined) return known === allowed ? undefined : known;
    let dependsOnRequest = false;
    const asked: RequestValues = (key) => {
      dependsOnRequest = true;
      return request(key);
    };
    const denial = this.#evaluate(principal, { action, resource: resourceArn }, asked);
    if (dependsOnRequest) return denial;
    if ((this.#remembered += 1) > rememberedDecisions) this.#forget();
    else byAction.set(action, denial ?? allowed);
    return denial;
  }

  /**
   * Checks that a service may take on a role, as AWS does when a function, state machine or target is given it.
   * @param service such as `lambda.amazonaws.com`
   * @param sourceArn the resource the role is taken on for
   */
  trusts(roleArn: string, service: string, sourceArn: string): boolean {
    const role = this.#roles.get(roleArn);
    const principal: Principal = { kind: "service", service, sourceArn };
    return role !== undefined && verdict(role.trust, principal, assuming(roleArn), carriesNothing) === "Allow";
  }

  /**
   * Lets the operator take on a role that trusts the account.
   * @throws AwsError AccessDenied for a role that does not, or that is not there, as AssumeRole answers
   */
  assume(roleArn: string): void {
    const operator: Principal = { kind: "operator" };
    const trust = this.#roles.get(roleArn)?.trust ?? [];
    const trusting = trust.map((statement) => ({ ...statement, names: namesAccount(statement) }));
    if (verdict(trusting, operator, assuming(roleArn), carriesNothing) === "Allow") return;
    throw new AwsError(
      "AccessDenied",
      `User: ${userArn(operator)} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
      403,
    );
  }

  #evaluate(principal: Principal, required: Requirement, request: RequestValues): Denial | undefined {
    const identity = principal.kind === "role" ? (this.#roles.get(principal.arn)?.identity ?? []) : [];
    const byIdentity = verdict(identity, principal, required, request);
    if (byIdentity === "Deny") return "explicit deny in an identity-based policy";
    const byResource = verdict(this.#resourcePolicies.get(required.resource) ?? [], principal, required, request);
    if (byResource === "Deny") return "explicit deny in a resource-based policy";
    if (byIdentity === "Allow" || byResource === "Allow") return undefined;
    return principal.kind === "role" ? "no identity-based policy" : "no resource-based policy";
  }

  #forget(): void {
    this.#byRole.clear();
    this.#byService.clear();
    this.#remembered = 0;
  }
}

function verdict(
  statements: readonly Statement[],
  principal: Principal,
  { action, resource: resourceArn }: Requirement,
  request: RequestValues,
): "Allow" | "Deny" | undefined {
  let found: "Allow" | undefined;
  for (const { effect, action: isAction, resource: isResource, names, condition } of statements) {
    if (!isAction(action) || !isResource(resourceArn)) continue;
    const named = names(principal);
    // To allow an account is to leave it to the account's own policies; to deny it denies everyone in it.
    if (named === "no" || (named === "account" && effect === "Allow")) continue;
    if (!condition(principal, request)) continue;
    if (effect === "Deny") return "Deny";
    found = "Allow";
  }
  return found;
}

const carriesNothing: RequestValues = () => undefined;

const assuming = (roleArn: string): Requirement => ({ action: "sts:AssumeRole", resource: roleArn });

/** The operator may do everything in the account, so that to trust the account is to trust him. */
const namesAccount =
  ({ names }: Statement): Statement["names"] =>
  (principal) =>
    names(principal) === "no" ? "no" : "caller";

/** The map under a key, made when it is first asked for. */
function child<Key, Value>(parent: Map<string, Map<Key, Value>>, key: string): Map<Key, Value> {
  let found = parent.get(key);
  if (!found) parent.set(key, (found = new Map()));
  return found;
}

const noSuchRole = (name: string): AwsError =>
  new AwsError("NoSuchEntity", `The role with name ${name} cannot be found.`, 404);

/** `arn:aws:iam::<account>:role/<path>/<name>` without the path. */
export const roleName = (roleArn: string): string => roleArn.slice(roleArn.lastIndexOf("/") + 1);

export const roleArn = (name: string, path = "/"): string => `arn:aws:iam::${account}:role${path}${name}`;
