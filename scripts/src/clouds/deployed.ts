import { setTimeout as delay } from "node:timers/promises";
import { CloudFormationClient, paginateListStackResources } from "@aws-sdk/client-cloudformation";
import {
  CloudWatchLogsClient,
  paginateFilterLogEvents,
  ResourceNotFoundException,
} from "@aws-sdk/client-cloudwatch-logs";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SQSClient } from "@aws-sdk/client-sqs";
import { Table } from "@ovsc/shared/aws";
import { exit, Failure } from "../failure.ts";
import type { Counts } from "../runs/counts.ts";
import { executionArn, stackName, type Variant } from "../variant.ts";
import type { Deployment } from "./deployment.ts";
import { historyOf, stateTransitions } from "./execution.ts";
import { outputsOf } from "./find-stack.ts";
import { isQuiet, publishedEvents } from "./quiet.ts";
import { type StepLog, stepLog } from "./step-log.ts";
import { clientConfig, describeTarget, type Remote } from "./target.ts";

/** How often a place is looked at while something is still to come. CloudWatch Logs answers 5 searches a second. */
const lookEveryMs = { localstack: 250, aws: 5_000 };
/** Real retries wait for minutes on AWS; longer than all of them together. */
const longestWaitMs = 15 * 60_000;

/** A deployed variant, on LocalStack or AWS. @throws Failure where it is not deployed as this code would */
export async function openRemote(variant: Variant, target: Remote): Promise<Deployment> {
  const outputs = await outputsOf(variant, target);
  const config = clientConfig(target);
  const table = new Table(outputs.TableName, new DynamoDBClient(config));
  const states = new SFNClient(config);
  // The URL in the outputs names a host that an emulator may not be reached under.
  const queues = new SQSClient({ ...config, ...(target.kind === "localstack" && { useQueueUrlAsEndpoint: false }) });
  const clients = { events: new EventBridgeClient(config), states, queues };
  const logs = await logsOf(variant, target);

  const ended = async (orderId: string, placed: number): Promise<boolean> => {
    // Not by the order's status: one that is stuck for ever has come to its end too.
    if (variant === "choreography") return isQuiet(await logs(orderId), placed);
    const events = await historyOf(executionArn(outputs.StateMachineArn!, orderId), deployment);
    return /^Execution(Succeeded|Failed|TimedOut|Aborted)$/.test(events.at(-1)?.type ?? "");
  };

  const deployment: Deployment = {
    variant,
    where: describeTarget(target),
    outputs,
    table,
    clients,
    async settle(orderIds) {
      const deadlineMs = performance.now() + longestWaitMs;
      for (const [orderId, { length: placed }] of Map.groupBy(orderIds, (id) => id)) {
        while (!(await ended(orderId, placed))) {
          if (performance.now() > deadlineMs) {
            throw new Failure(
              `order ${orderId} has not come to an end after ${longestWaitMs / 60_000} minutes in ${describeTarget(target)}`,
              { exitCode: exit.unknown },
            );
          }
          await delay(lookEveryMs[target.kind]);
        }
      }
    },
    async count(orderIds): Promise<Counts> {
      const unique = [...new Set(orderIds)];
      const steps: StepLog[] = [];
      for (const orderId of unique) steps.push(...(await logs(orderId)));
      const histories =
        variant === "orchestration"
          ? await Promise.all(
              unique.map((orderId) => historyOf(executionArn(outputs.StateMachineArn!, orderId), deployment)),
            )
          : [];
      return {
        invocations: steps.filter(({ message }) => message === "step started").length,
        events: variant === "choreography" ? orderIds.length + publishedEvents(steps).length : 0,
        stateTransitions: histories.reduce((sum, events) => sum + stateTransitions(events), 0),
        awsCalls: "unknown",
      };
    },
    logs,
    async close() {},
  };
  return deployment;
}

/** @returns a reader of what the variant's functions logged about an order */
async function logsOf(variant: Variant, target: Remote): Promise<(orderId: string) => Promise<StepLog[]>> {
  const config = clientConfig(target);
  const groups: string[] = [];
  for await (const page of paginateListStackResources(
    { client: new CloudFormationClient(config) },
    { StackName: stackName(variant) },
  )) {
    for (const { ResourceType, PhysicalResourceId } of page.StackResourceSummaries ?? []) {
      // LocalStack 4.14 writes to the group a function has by default, whatever its LoggingConfig names.
      if (ResourceType === "AWS::Lambda::Function" && target.kind === "localstack")
        groups.push(`/aws/lambda/${PhysicalResourceId}`);
      if (ResourceType === "AWS::Logs::LogGroup" && target.kind === "aws") groups.push(PhysicalResourceId!);
    }
  }
  const client = new CloudWatchLogsClient({ ...config, maxAttempts: 10 });
  const sinceMs = Date.now();
  const linesIn = async (logGroupName: string, orderId: string) => {
    const lines: { timestamp: number; line: string }[] = [];
    const query = { logGroupName, startTime: sinceMs - 60_000, filterPattern: `"${orderId}"` };
    try {
      for await (const { events = [] } of paginateFilterLogEvents({ client }, query)) {
        lines.push(...events.map(({ timestamp = 0, message = "" }) => ({ timestamp, line: message })));
      }
    } catch (error) {
      // A function that never ran has no group yet.
      if (!(error instanceof ResourceNotFoundException)) throw error;
    }
    return lines;
  };
  return async (orderId) => {
    const lines: Awaited<ReturnType<typeof linesIn>> = [];
    for (const group of groups) lines.push(...(await linesIn(group, orderId)));
    const inTime = lines.toSorted((a, b) => a.timestamp - b.timestamp).map(({ line }) => stepLog(line));
    return inTime.filter((log) => log !== undefined && log.correlationId === orderId) as StepLog[];
  };
}
