import { AwsError } from "../errors.ts";
import { matcher, type Piece, type Wild } from "../wildcard.ts";

export type Matches = (value: string) => boolean;

/**
 * A pattern of actions. `*` and `?` stand for anything, and case does not matter.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
export function actionPattern(pattern: string): Matches {
  if (pattern === "*") return () => true;
  const lower = pattern.toLowerCase();
  if (!hasWildcard(lower)) return (action) => action.toLowerCase() === lower;
  const matches = glob(lower);
  return (action) => matches(action.toLowerCase());
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
  return matcher(
    pieces(pattern, (sign, next) => {
      if (sign === "?") return "one character but a colon";
      return next === undefined || next === ":" ? "any text" : "any text without colon";
    }),
  );
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
    return parts.length === 6 && segments.every((segment, index) => segment(parts[index]!));
  };
}

/** StringLike: `*` and `?` stand for anything, and case matters. */
export const textPattern = (pattern: string): Matches => glob(pattern);

const hasWildcard = (pattern: string): boolean => /[*?]/.test(pattern);

const glob = (pattern: string): Matches =>
  matcher(pieces(pattern, (sign) => (sign === "*" ? "any text" : "one character")));

/** Cuts a pattern at its wildcards. */
function pieces(pattern: string, wild: (sign: string, next: string | undefined) => Wild): Piece[] {
  const parts = pattern.split(/([*?])/);
  return parts.map((part, at) => (at % 2 === 0 ? { text: part } : { wild: wild(part, after(parts, at)) }));
}

/** The character that follows a wildcard. */
const after = (parts: readonly string[], at: number): string | undefined => (parts[at + 1] || parts[at + 2])?.[0];

/** The five segments before the resource, and the resource with whatever colons it has. */
function arnSegments(arn: string): string[] {
  const parts = arn.split(":");
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(":")];
}
