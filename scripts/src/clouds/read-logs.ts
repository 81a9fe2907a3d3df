import { CloudFormationClient, paginateListStackResources } from "@aws-sdk/client-cloudformation";
import {
  CloudWatchLogsClient,
  type CloudWatchLogsClientConfig,
  paginateFilterLogEvents,
  ResourceNotFoundException,
} from "@aws-sdk/client-cloudwatch-logs";
import type { PlacementRef } from "@ovsc/shared";
import { type StepLog, stepLog, type Variant } from "@ovsc/shared/variant";
import { clientConfig, type Remote } from "./target.ts";

export interface ReadLogsOptions {
  /** Lines written before are left out, in milliseconds since 1970; those of more than a minute ago, if not given. */
  readonly sinceMs?: number;
  /** Hears of each call of the SDK that was answered. */
  readonly logger?: NonNullable<CloudWatchLogsClientConfig["logger"]>;
}

/**
 * @returns a reader of what the variant's functions logged about a placement
 */
export async function readLogs(
  variant: Variant,
  target: Remote,
  { sinceMs = Date.now() - 60_000, logger }: ReadLogsOptions = {},
): Promise<(placed: PlacementRef) => Promise<StepLog[]>> {
  const config = clientConfig(target);
  const groups: string[] = [];
  for await (const page of paginateListStackResources(
    { client: new CloudFormationClient(config) },
    { StackName: variant.stackName },
  )) {
    for (const { ResourceType, PhysicalResourceId } of page.StackResourceSummaries ?? []) {
      // LocalStack 4.14 writes to the group a function has by default, whatever its LoggingConfig names.
      if (ResourceType === "AWS::Lambda::Function" && target.kind === "localstack")
        groups.push(`/aws/lambda/${PhysicalResourceId}`);
      if (ResourceType === "AWS::Logs::LogGroup" && target.kind === "aws") groups.push(PhysicalResourceId!);
    }
  }
  const client = new CloudWatchLogsClient({ ...config, maxAttempts: 10, ...(logger && { logger }) });
  const linesIn = async (logGroupName: string, placementId: string) => {
    const lines: { timestamp: number; line: string }[] = [];
    const query = { logGroupName, startTime: sinceMs, filterPattern: `"${placementId}"` };
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
  return async ({ placementId }) => {
    const lines: Awaited<ReturnType<typeof linesIn>> = [];
    for (const group of groups) lines.push(...(await linesIn(group, placementId)));
    const inTime = lines
      .toSorted((a, b) => a.timestamp - b.timestamp)
      .map(({ line, timestamp }) => stepLog(line, timestamp));
    return inTime.filter((log) => log !== undefined && log.placementId === placementId) as StepLog[];
  };
}
