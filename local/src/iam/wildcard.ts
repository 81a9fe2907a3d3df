import { AwsError } from "../errors.ts";

export type Matches = (value: string) => boolean;

/**
 * A pattern of actions. `*` and `?` stand for anything, and case does not matter.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
export function actionPattern(pattern: string): Matches {
  if (pattern === "*") return () => true;
  const lower = pattern.toLowerCase();
  if (!hasWildcard(lower)) return (action) => action.toLowerCase() === lower;
  const expression = glob(lower);
  return (action) => expression.test(action.toLowerCase());
}

/**
 * A pattern of resources. A wildcard stands for characters within one segment of the ARN; a `*` at the end of a segment
 * also goes beyond the colon.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html (read 2026-11-21)
 * @throws AwsError MalformedPolicyDocument for a pattern that is neither `*` nor an ARN
 */
export function resourcePattern(pattern: string): Matches {
  if (pattern === "*") return () => true;
  if (!/^(arn:|\*)/.test(pattern)) {
    throw new AwsError("MalformedPolicyDocument", `Resource ${pattern} must be in ARN format or "*".`);
  }
  if (!hasWildcard(pattern)) return (resource) => resource === pattern;
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*(?=:|$)/g, "\0")
    .replaceAll("*", "[^:]*")
    .replaceAll("?", "[^:]")
    .replaceAll("\0", ".*");
  const compiled = new RegExp(`^${expression}$`, "s");
  return (resource) => compiled.test(resource);
}

/**
 * ArnEquals and ArnLike, which are the same: each of the six segments of an ARN is matched for itself.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function arnPattern(pattern: string): Matches {
  const segments = arnSegments(pattern).map(glob);
  if (segments.length < 6) throw new AwsError("MalformedPolicyDocument", `${pattern} is not an ARN of six segments`);
  return (value) => {
    const parts = arnSegments(value);
    return parts.length === 6 && segments.every((segment, index) => segment.test(parts[index]!));
  };
}

/** StringLike: `*` and `?` stand for anything, and case matters. */
export function textPattern(pattern: string): Matches {
  const expression = glob(pattern);
  return (value) => expression.test(value);
}

const hasWildcard = (pattern: string): boolean => /[*?]/.test(pattern);

function glob(pattern: string): RegExp {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`, "s");
}

/** The five segments before the resource, and the resource with whatever colons it has. */
function arnSegments(arn: string): string[] {
  const parts = arn.split(":");
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(":")];
}
