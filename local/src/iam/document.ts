import { z } from "zod";
import { UnknownFeature } from "../errors.ts";
import { compileCondition, type Condition } from "./condition.ts";
import { compilePrincipal, type NamesPrincipal } from "./principal.ts";
import { actionPattern, resourcePattern, type Matches } from "./wildcard.ts";

const oneOrMore = z.union([z.string(), z.array(z.string())]);
const conditionValue = z.union([z.string(), z.boolean()]);

const statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(["Allow", "Deny"]),
  Principal: z.union([z.literal("*"), z.record(z.string(), oneOrMore)]).optional(),
  Action: oneOrMore.optional(),
  NotAction: oneOrMore.optional(),
  Resource: oneOrMore.optional(),
  NotResource: oneOrMore.optional(),
  Condition: z.record(z.string(), z.record(z.string(), z.union([conditionValue, z.array(conditionValue)]))).optional(),
});

/**
 * A policy document as a template writes it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export const policyDocument = z.strictObject({
  Version: z.enum(["2012-10-17", "2008-10-17"]).optional(),
  Id: z.string().optional(),
  Statement: z.union([statement, z.array(statement)]),
});

export type PolicyDocument = z.infer<typeof policyDocument>;
type StatementSource = z.infer<typeof statement>;

/** One statement, ready to be asked. */
export interface Statement {
  readonly effect: "Allow" | "Deny";
  readonly action: Matches;
  readonly resource: Matches;
  readonly names: NamesPrincipal;
  readonly condition: Condition;
}

/** Where a document stands, which decides the elements its statements need. */
export type PolicyKind = "identity" | "resource" | "trust";

/**
 * Compiles a document once, so that asking it compares strings only.
 * @throws UnknownFeature for an element, condition or principal that is not known
 * @throws AwsError MalformedPolicyDocument
 */
export function compilePolicy(document: PolicyDocument, kind: PolicyKind, where: string): Statement[] {
  return [document.Statement].flat().map((source) => compileStatement(source, kind, where));
}

function compileStatement(source: StatementSource, kind: PolicyKind, where: string): Statement {
  const { Effect: effect, Principal: principal, Condition: condition } = source;
  if ((principal === undefined) !== (kind === "identity")) {
    throw new UnknownFeature(
      `a statement ${principal ? "with" : "without"} a Principal in a policy of kind ${kind}`,
      where,
    );
  }
  return {
    effect,
    action: either(source, "Action", actionPattern, where),
    // A trust policy is attached to the role it is about, so its statements name no resource.
    resource: kind === "trust" ? everything : either(source, "Resource", resourcePattern, where),
    names: principal === undefined ? theCaller : compilePrincipal(principal, where),
    condition: condition ? compileCondition(condition, where) : unconditional,
  };
}

/** `Action` or `NotAction`, `Resource` or `NotResource`: exactly one of the two. */
function either(
  source: StatementSource,
  name: "Action" | "Resource",
  compile: (pattern: string) => Matches,
  where: string,
): Matches {
  const [positive, negative] = [source[name], source[`Not${name}`]];
  if ((positive === undefined) === (negative === undefined)) {
    throw new UnknownFeature(`a statement with ${positive ? "both" : "neither"} of ${name} and Not${name}`, where);
  }
  const written = [positive ?? negative ?? []].flat();
  const variable = written.find((pattern) => pattern.includes("${"));
  if (variable !== undefined) throw new UnknownFeature(`the policy variable in ${variable}`, where);
  const patterns = written.map((pattern) => compile(pattern));
  const any: Matches = patterns.length === 1 ? patterns[0]! : (value) => patterns.some((matches) => matches(value));
  return positive === undefined ? (value) => !any(value) : any;
}

const everything: Matches = () => true;
const theCaller: NamesPrincipal = () => "caller";
const unconditional: Condition = () => true;
