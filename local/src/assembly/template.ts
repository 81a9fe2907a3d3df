import { z } from "zod";
import { UnknownFeature } from "../errors.ts";

/** A resource as the template writes it, intrinsics and all. */
const resource = z.strictObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DependsOn: z.union([z.string(), z.array(z.string())]).optional(),
  Condition: z.string().optional(),
  // Looked at where an update takes the resource out of the template.
  DeletionPolicy: z.string().optional(),
  // Without effect: an update that would replace a resource is refused.
  UpdateReplacePolicy: z.string().optional(),
  Metadata: z.unknown().optional(),
});

const parameter = z.object({ Type: z.string(), Default: z.union([z.string(), z.number()]).optional() });

const output = z.strictObject({
  Value: z.unknown(),
  Description: z.unknown().optional(),
  Condition: z.string().optional(),
  Export: z.strictObject({ Name: z.unknown() }).optional(),
});

/** `Rules` are checks of parameters before a deployment; CDK writes one, about its bootstrap stack. */
const rules = z.strictObject({ CheckBootstrapVersion: z.unknown().optional() });

const template = z.strictObject({
  AWSTemplateFormatVersion: z.literal("2010-09-09").optional(),
  Description: z.unknown().optional(),
  Metadata: z.unknown().optional(),
  Parameters: z.record(z.string(), parameter).default({}),
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))).default({}),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Rules: rules.optional(),
  Resources: z.record(z.string(), resource).default({}),
  Outputs: z.record(z.string(), output).default({}),
});

export type Template = z.infer<typeof template>;
export type TemplateResource = z.infer<typeof resource>;

/**
 * The sections of a template, checked for shape; expressions stay unresolved.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
 * @returns what was refused beside it: sections, resource attributes and output members that are not known here
 */
export function parseTemplate(json: unknown, where: string): { template: Template } | { refusals: Error[] } {
  const parsed = template.safeParse(json);
  return parsed.success ? { template: parsed.data } : { refusals: refusalsOf(parsed.error, "the template", where) };
}

/** One refusal an issue: the key that is not known, or the path of the value that is not understood. */
export function refusalsOf(
  error: { readonly issues: readonly z.core.$ZodIssue[] },
  owner: string,
  where: string,
): UnknownFeature[] {
  return error.issues.flatMap((issue) => {
    const path = pathText(issue.path);
    if (issue.code !== "unrecognized_keys") {
      return new UnknownFeature(`this value of ${path || "the properties"} of ${owner}: ${reason(issue)}`, where);
    }
    return issue.keys.map(
      (key) => new UnknownFeature(`the property ${[path, key].filter(Boolean).join(".")} of ${owner}`, where),
    );
  });
}

/** What zod has to say, down to the alternatives of a union. */
function reason(issue: z.core.$ZodIssue): string {
  if (issue.code !== "invalid_union") return issue.message;
  const alternatives = issue.errors
    .flat()
    .map((inner) => [pathText(inner.path), reason(inner)].filter(Boolean).join(": "));
  return [...new Set(alternatives)].join("; or ") || issue.message;
}

const pathText = (path: readonly PropertyKey[]): string =>
  path.map((key, index) => (typeof key === "number" ? `[${key}]` : `${index ? "." : ""}${String(key)}`)).join("");
