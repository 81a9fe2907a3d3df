import { UnknownFeature } from "../errors.ts";
import type { PolicyDocument } from "./document.ts";

const logging = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"];

const allow = (...actions: string[]): PolicyDocument => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }],
});

/**
 * The managed policies of AWS that CDK attaches to the roles of functions and state machines.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
const managedPolicies: Readonly<Record<string, PolicyDocument>> = {
  "service-role/AWSLambdaBasicExecutionRole": allow(...logging),
  "service-role/AWSLambdaBasicDurableExecutionRolePolicy": allow(
    "lambda:CheckpointDurableExecution",
    "lambda:GetDurableExecutionState",
    ...logging,
  ),
  "service-role/AWSLambdaSQSQueueExecutionRole": allow(
    "sqs:ReceiveMessage",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
    ...logging,
  ),
  "service-role/AWSLambdaDynamoDBExecutionRole": allow(
    "dynamodb:DescribeStream",
    "dynamodb:GetRecords",
    "dynamodb:GetShardIterator",
    "dynamodb:ListStreams",
    ...logging,
  ),
  AWSXRayDaemonWriteAccess: allow(
    "xray:PutTraceSegments",
    "xray:PutTelemetryRecords",
    "xray:GetSamplingRules",
    "xray:GetSamplingTargets",
    "xray:GetSamplingStatisticSummaries",
  ),
};

const prefix = "arn:aws:iam::aws:policy/";

/** @throws UnknownFeature for a policy that is not written out here */
export function awsManagedPolicy(policyArn: string, where: string): PolicyDocument {
  const policy = policyArn.startsWith(prefix) ? managedPolicies[policyArn.slice(prefix.length)] : undefined;
  if (!policy) throw new UnknownFeature(`the managed policy ${policyArn}`, where);
  return policy;
}
