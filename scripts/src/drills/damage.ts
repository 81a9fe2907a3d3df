import { CloudFormationClient, paginateListStackResources } from "@aws-sdk/client-cloudformation";
import { DisableRuleCommand, EnableRuleCommand, EventBridgeClient } from "@aws-sdk/client-eventbridge";
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from "@aws-sdk/client-lambda";
import type { Variant } from "@ovsc/shared/variant";
import { clientConfig, type Remote } from "../clouds/target.ts";
import { exit, Failure } from "../failure.ts";
import type { Damage } from "./drills.ts";

/** Longest time that Lambda is given to bring a change to a function's environment, in seconds. */
const longestUpdateSeconds = 120;

/**
 * Damages a deployed stack, whose template stays as it is.
 * @returns what mends it
 */
export async function damage(
  { stackName }: Variant,
  target: Remote,
  { tableName, noTableIn: step, isUnheard }: Damage & { readonly tableName: string },
): Promise<() => Promise<void>> {
  const config = clientConfig(target);
  const lambda = new LambdaClient(config);
  const events = new EventBridgeClient(config);
  const idOf = await resourcesOf(stackName, new CloudFormationClient(config));
  const FunctionName = idOf("AWS::Lambda::Function", `Steps${step}`);
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const giveTable = async (TABLE_NAME: string) => {
    const Variables = { ...Environment?.Variables, TABLE_NAME };
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
    await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: longestUpdateSeconds }, { FunctionName });
  };
  const rule = isUnheard && ruleNamed(idOf("AWS::Events::Rule", `${step}Exhausted`));
  if (rule) await events.send(new DisableRuleCommand(rule));
  await giveTable("taken-away-by-a-drill");
  return async () => {
    await giveTable(tableName);
    if (rule) await events.send(new EnableRuleCommand(rule));
  };
}

/** @returns the physical id of a stack's one resource of a type whose logical id begins so */
async function resourcesOf(
  StackName: string,
  client: CloudFormationClient,
): Promise<(type: string, logicalId: string) => string> {
  const pages = await Array.fromAsync(paginateListStackResources({ client }, { StackName }));
  const all = pages.flatMap(({ StackResourceSummaries = [] }) => StackResourceSummaries);
  return (type, begins) => {
    const [found, another] = all.filter(
      ({ ResourceType, LogicalResourceId = "" }) => ResourceType === type && LogicalResourceId.startsWith(begins),
    );
    if (found?.PhysicalResourceId && !another) return found.PhysicalResourceId;
    throw new Failure(`${StackName} has ${found ? "more than one" : "no"} ${type} ${begins}`, {
      exitCode: exit.environment,
    });
  };
}

/** A rule of a bus that is not the default one has both names in its id. */
function ruleNamed(id: string): { readonly Name: string; readonly EventBusName: string } {
  const [EventBusName = "", Name = ""] = id.split("|");
  return { Name, EventBusName };
}
