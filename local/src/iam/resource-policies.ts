import { z } from "zod";
import { declaration, type ResourceType, whereIs } from "../assembly/resource-type.ts";
import { UnknownFeature } from "../errors.ts";
import { compilePolicy, policyDocument, type PolicyDocument } from "./document.ts";
import type { Iam } from "./iam.ts";
import type { PrincipalElement } from "./principal.ts";
import { busArn, functionArn, queueArn } from "./resource-names.ts";

/** Policies that stand on a resource and let others at it. */
export function resourcePolicyResources(iam: Iam, region: string): ResourceType<unknown>[] {
  /** The resource that brought each queue's policy. */
  const queuePolicies = new Map<string, string>();

  const unsay = (where: string) => {
    iam.detach(where);
    for (const [queue, by] of queuePolicies) if (by === where) queuePolicies.delete(queue);
  };

  /** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html */
  const permission = declaration(
    {
      type: "AWS::Lambda::Permission",
      properties: z.strictObject({
        Action: z.string(),
        FunctionName: z.string(),
        Principal: z.string(),
        SourceArn: z.string().optional(),
        SourceAccount: z.string().optional(),
      }),
      create(properties, logical) {
        const {
          FunctionName: name,
          Principal: principal,
          SourceArn: sourceArn,
          SourceAccount: sourceAccount,
        } = properties;
        const arn = functionArn(name, undefined, region);
        const document: PolicyDocument = {
          Statement: {
            Effect: "Allow",
            Principal: namedPrincipal(principal),
            Action: properties.Action,
            Resource: arn,
            Condition: {
              ...(sourceArn === undefined ? {} : { ArnLike: { "aws:SourceArn": sourceArn } }),
              ...(sourceAccount === undefined ? {} : { StringEquals: { "aws:SourceAccount": sourceAccount } }),
            },
          },
        };
        const at = whereIs(logical);
        iam.attachToResource(arn, compilePolicy(document, "resource", at), at);
        return { ref: `${logical.stackName}-${logical.logicalId}`, attributes: {} };
      },
    },
    unsay,
  );

  /** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queuepolicy.html */
  const queuePolicy = declaration(
    {
      type: "AWS::SQS::QueuePolicy",
      properties: z.strictObject({ PolicyDocument: policyDocument, Queues: z.array(z.string()).min(1) }),
      create(properties, logical) {
        const at = whereIs(logical);
        const statements = compilePolicy(properties.PolicyDocument, "resource", at);
        for (const queueUrl of properties.Queues) {
          const arn = queueArn(queueUrl, region);
          // A queue has one policy: which of two CloudFormation leaves in force depends on timing.
          if (queuePolicies.has(arn)) throw new UnknownFeature(`a second policy for the queue ${arn}`, at);
          queuePolicies.set(arn, at);
          iam.attachToResource(arn, statements, at);
        }
        return { ref: `${logical.stackName}-${logical.logicalId}`, attributes: {} };
      },
    },
    unsay,
  );

  /** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-eventbuspolicy.html */
  const busPolicy = declaration(
    {
      type: "AWS::Events::EventBusPolicy",
      properties: z.strictObject({
        EventBusName: z.string().default("default"),
        StatementId: z.string(),
        Statement: z.unknown(),
      }),
      create(properties, logical) {
        const at = whereIs(logical);
        const document = policyDocument.safeParse({ Statement: [properties.Statement] });
        if (!document.success)
          throw new UnknownFeature(`this statement of a bus policy: ${document.error.message}`, at);
        iam.attachToResource(busArn(properties.EventBusName, region), compilePolicy(document.data, "resource", at), at);
        return { ref: `${properties.EventBusName}|${properties.StatementId}`, attributes: {} };
      },
    },
    unsay,
  );

  return [permission, queuePolicy, busPolicy];
}

/** A permission names its principal bare: a service by its domain, anyone, or an account or role. */
function namedPrincipal(principal: string): PrincipalElement {
  if (principal === "*") return "*";
  return principal.endsWith(".amazonaws.com") ? { Service: principal } : { AWS: principal };
}
