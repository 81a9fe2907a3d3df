const configurations = ["loggingConfiguration", "tracingConfiguration"];
const paging = ["maxResults", "nextToken"];

/** What is carried out of the operations that AWS has more parameters for. */
export const takes: Readonly<Record<string, readonly string[]>> = {
  CreateActivity: ["name", "tags"],
  CreateStateMachine: ["name", "definition", "roleArn", "type", ...configurations, "tags"],
  DescribeStateMachine: ["stateMachineArn"],
  UpdateStateMachine: ["stateMachineArn", "definition", "roleArn", ...configurations],
  ValidateStateMachineDefinition: ["definition", "type"],
  StartSyncExecution: ["stateMachineArn", "name", "input", "traceHeader"],
  DescribeExecution: ["executionArn"],
  DescribeStateMachineForExecution: ["executionArn"],
  ListExecutions: ["stateMachineArn", "statusFilter", ...paging],
};
