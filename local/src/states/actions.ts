import { eachOnNamed, onEverything, onNamed, type ActionTable } from "../iam/action-table.ts";
import { arn } from "../identity.ts";

const itself = (name: string): string => name;
const named =
  (kind: string) =>
  (name: string, region: string): string =>
    arn("states", region, `${kind}:${name}`);

const onMachine = [
  "DeleteStateMachine",
  "DescribeStateMachine",
  "ListExecutions",
  "StartExecution",
  "StartSyncExecution",
  "UpdateStateMachine",
];
const onExecution = [
  "DescribeExecution",
  "DescribeStateMachineForExecution",
  "GetExecutionHistory",
  "RedriveExecution",
  "StopExecution",
];
/** A task token says nothing of a resource before it is looked up. */
const onAll = [
  "ListActivities",
  "ListStateMachines",
  "SendTaskFailure",
  "SendTaskHeartbeat",
  "SendTaskSuccess",
  "ValidateStateMachineDefinition",
];

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsstepfunctions.html */
export const statesActions: ActionTable = {
  ...eachOnNamed("states", onMachine, "stateMachineArn", itself),
  ...eachOnNamed("states", onExecution, "executionArn", itself),
  ...eachOnNamed("states", ["DeleteActivity", "DescribeActivity", "GetActivityTask"], "activityArn", itself),
  ...Object.fromEntries(onAll.map((name) => [name, onEverything(`states:${name}`)])),
  CreateStateMachine: onNamed("states:CreateStateMachine", "name", named("stateMachine")),
  CreateActivity: onNamed("states:CreateActivity", "name", named("activity")),
};
