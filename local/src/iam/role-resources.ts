import { z } from "zod";
import { resourceType, type LogicalResource, type ResourceType, whereIs } from "../assembly/resource-type.ts";
import { account } from "../identity.ts";
import { compilePolicy, policyDocument, type Statement } from "./document.ts";
import { roleArn, type Iam } from "./iam.ts";
import { awsManagedPolicy } from "./managed-policies.ts";

/** Tags are for bills and searches, of which there are none here. */
const tags = z.array(z.strictObject({ Key: z.string(), Value: z.string() })).optional();
const policies = z.array(z.strictObject({ PolicyName: z.string(), PolicyDocument: policyDocument })).default([]);

/** The policies that a role has in its own properties. */
interface OwnPolicies {
  readonly Policies: z.infer<typeof policies>;
  readonly ManagedPolicyArns: readonly string[];
}

/** Roles and the policies that are attached to them. */
export function roleResources(iam: Iam): ResourceType<unknown>[] {
  const customerManaged = new Map<string, Statement[]>();

  /** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html */
  const role = resourceType({
    type: "AWS::IAM::Role",
    properties: z.strictObject({
      AssumeRolePolicyDocument: policyDocument,
      ManagedPolicyArns: z.array(z.string()).default([]),
      Policies: policies,
      RoleName: z.string().optional(),
      Path: z.string().optional(),
      Description: z.string().optional(), // a text for people
      MaxSessionDuration: z.number().optional(), // sessions of services are renewed, so their length shows nowhere
      Tags: tags,
    }),
    create(properties, logical) {
      const name = properties.RoleName ?? generatedName(logical);
      const arn = roleArn(name, properties.Path);
      const id = iam.addRole(arn, compilePolicy(properties.AssumeRolePolicyDocument, "trust", whereIs(logical)));
      attachOwn(arn, properties, logical);
      return { ref: name, attributes: { Arn: arn, RoleId: id } };
    },
    change: {
      of: ["AssumeRolePolicyDocument", "ManagedPolicyArns", "Policies", "Description", "MaxSessionDuration", "Tags"],
      apply(properties, logical, created) {
        const at = whereIs(logical);
        const arn = iam.roleNamed(created.ref);
        iam.changeTrust(arn, compilePolicy(properties.AssumeRolePolicyDocument, "trust", at));
        iam.detach(at);
        attachOwn(arn, properties, logical);
        return created;
      },
    },
    remove: ({ ref }) => iam.removeRole(iam.roleNamed(ref)),
  });

  function attachOwn(arn: string, { Policies, ManagedPolicyArns }: OwnPolicies, logical: LogicalResource): void {
    const at = whereIs(logical);
    for (const { PolicyDocument } of Policies) iam.attachToRole(arn, compilePolicy(PolicyDocument, "identity", at), at);
    for (const policyArn of ManagedPolicyArns) {
      const own = customerManaged.get(policyArn);
      iam.attachToRole(arn, own ?? compilePolicy(awsManagedPolicy(policyArn, at), "identity", at), at);
    }
  }

  /** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-policy.html */
  const inlinePolicy = resourceType({
    type: "AWS::IAM::Policy",
    properties: z.strictObject({
      PolicyName: z.string(),
      PolicyDocument: policyDocument,
      Roles: z.array(z.string()).min(1),
    }),
    create(properties, logical) {
      const at = whereIs(logical);
      attach(iam, properties.Roles, compilePolicy(properties.PolicyDocument, "identity", at), at);
      return { ref: properties.PolicyName, attributes: {} };
    },
    change: {
      of: ["PolicyDocument", "Roles"],
      apply({ PolicyDocument, Roles }, logical, created) {
        const at = whereIs(logical);
        iam.detach(at);
        attach(iam, Roles, compilePolicy(PolicyDocument, "identity", at), at);
        return created;
      },
    },
    remove: (_, logical) => iam.detach(whereIs(logical)),
  });

  /** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-managedpolicy.html */
  const managedPolicy = resourceType({
    type: "AWS::IAM::ManagedPolicy",
    properties: z.strictObject({
      ManagedPolicyName: z.string().optional(),
      PolicyDocument: policyDocument,
      Path: z.string().default("/"),
      Description: z.string().optional(), // a text for people
      Roles: z.array(z.string()).default([]),
    }),
    create(properties, logical) {
      const statements = compilePolicy(properties.PolicyDocument, "identity", whereIs(logical));
      const name = properties.ManagedPolicyName ?? generatedName(logical);
      const arn = `arn:aws:iam::${account}:policy${properties.Path}${name}`;
      customerManaged.set(arn, statements);
      attach(iam, properties.Roles, statements, whereIs(logical));
      return { ref: arn, attributes: { PolicyArn: arn } };
    },
  });

  return [role, inlinePolicy, managedPolicy];
}

/** A policy names the roles it is attached to; a role of a path is found by its name alone. */
function attach(iam: Iam, roleNames: readonly string[], statements: readonly Statement[], by: string): void {
  for (const name of roleNames) iam.attachToRole(iam.roleNamed(name), statements, by);
}

/** The longest name of a role. */
const maxNameLength = 64;

/** Stack and logical id, as CloudFormation has it; a long one keeps its end, where CDK puts the hash. */
function generatedName({ stackName, logicalId }: LogicalResource): string {
  const name = `${stackName}-${logicalId}`;
  return name.length <= maxNameLength ? name : `${name.slice(0, maxNameLength - 20)}${name.slice(-20)}`;
}
