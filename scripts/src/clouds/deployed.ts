import { setTimeout as delay } from "node:timers/promises";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Profile } from "@ovsc/shared";
import { Table } from "@ovsc/shared/aws";
import type { ClientConfig, MakeClient, StepLog, Variant } from "@ovsc/shared/variant";
import { exit, Failure } from "../failure.ts";
import { connect } from "./connect.ts";
import type { Deployment } from "./deployment.ts";
import { outputsOf } from "./find-stack.ts";
import { readLogs, type ReadLogsOptions } from "./read-logs.ts";
import { roleSession } from "./role-session.ts";
import { clientConfig, describeTarget, type Remote } from "./target.ts";

/** How often a cloud is looked at while something is still to come. CloudWatch Logs answers 5 searches a second. */
const lookEveryMs = { localstack: 250, aws: 5_000 };
/** Real retries wait for minutes on AWS; longer than all of them together. */
const longestWaitMs = 15 * 60_000;

export interface RemoteOptions extends ReadLogsOptions {
  /** `equal` if not given. */
  readonly profile?: Profile;
}

/** A deployed variant, on LocalStack or AWS. @throws Failure where it is not deployed as this code would */
export async function openRemote(
  variant: Variant,
  target: Remote,
  { profile, ...options }: RemoteOptions = {},
): Promise<Deployment> {
  const outputs = await outputsOf(variant, target, profile);
  const { logger } = options;
  const { client, table } = reached(outputs, { ...clientConfig(target), ...(logger && { logger }) });
  const logs = await readLogs(variant, target, options);
  const coordination = connect(variant, {
    outputs,
    client,
    table,
    asClient: reached(outputs, roleSession(outputs["ClientRoleArn"]!, target)),
    asOperator: reached(outputs, roleSession(outputs["OperatorRoleArn"]!, target)),
    ...(outputs["ApproverRoleArn"] && {
      asApprover: reached(outputs, roleSession(outputs["ApproverRoleArn"], target)),
    }),
    logs,
    now,
  });
  return {
    variant,
    where: describeTarget(target),
    table,
    coordination,
    pass: (seconds) => delay(1_000 * seconds),
    async settle(placed) {
      const deadlineMs = performance.now() + longestWaitMs;
      for (const same of Map.groupBy(placed, ({ placementId }) => placementId).values()) {
        const [first] = same;
        while (!(await coordination.hasEnded(first!, same.length))) {
          if (performance.now() > deadlineMs) {
            const minutes = longestWaitMs / 60_000;
            throw new Failure(
              `order ${first!.orderId} has not come to an end after ${minutes} minutes in ${describeTarget(target)}`,
              { exitCode: exit.unknown },
            );
          }
          await delay(lookEveryMs[target.kind]);
        }
      }
    },
    async count(placed) {
      const steps: StepLog[] = [];
      const unique = new Map(placed.map((each) => [each.placementId, each]));
      for (const each of unique.values()) steps.push(...(await logs(each)));
      const invocations = steps.filter(({ message }) => message === "step started").length;
      return { invocations, ...(await coordination.usage(placed)), awsCalls: "unknown" };
    },
    async sweeps(placed) {
      const unique = new Map(placed.map((each) => [each.placementId, each]));
      const lines = await Promise.all([...unique.values()].map(logs));
      return lines.flat().filter(({ message }) => message === "swept").length;
    },
    logs,
    now,
    async close() {},
  };
}

const now = (): string => new Date().toISOString();

/** A stack as one caller reaches it. */
function reached(outputs: Readonly<Record<string, string>>, config: ClientConfig) {
  const client: MakeClient = (Client, options) => new Client({ ...config, ...options });
  return { client, table: new Table(outputs["TableName"]!, DynamoDBDocumentClient.from(client(DynamoDBClient))) };
}
