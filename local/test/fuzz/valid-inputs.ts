import { arn } from "./world.ts";

const QueueUrl = "https://sqs.eu-west-2.amazonaws.com/000000000000/queue";
const ReceiptHandle = "00000000-0000-4000-8000-000000000000#1";
const key = { id: { S: "o-1" }, line: { N: "1" } };
const item = { ...key, tags: { SS: ["a", "b"] }, paid: { BOOL: true }, lines: { L: [{ M: { sku: { S: "x" } } }] } };
const condition = {
  ConditionExpression: "attribute_not_exists(#s) OR quantity >= :q",
  ExpressionAttributeNames: { "#s": "status" },
  ExpressionAttributeValues: { ":q": { N: "3" } },
};
const TableName = "table";
const machine = arn("states", "stateMachine:machine");
const express = arn("states", "stateMachine:express");
const executionArn = arn("states", "execution:machine:known");
const activityArn = arn("states", "activity:activity");
const definition = '{"StartAt": "Wait", "States": {"Wait": {"Type": "Wait", "Seconds": 3, "End": true}}}';
const roleArn = "arn:aws:iam::000000000000:role/anyone";
const EventPattern =
  '{"source": ["orders"], "detail": {"cents": [{"numeric": [">", 5]}], "name": [{"wildcard": "a*b"}]}}';
const Event =
  '{"id": "1", "account": "1", "source": "orders", "time": "2026-01-01T00:00:00Z", "region": "eu-west-2",' +
  ' "detail-type": "OrderCreated", "detail": {"cents": 7, "name": "aab"}}';
const target = {
  Id: "queue",
  Arn: arn("sqs", "queue"),
  InputTransformer: { InputPathsMap: { id: "$.detail.id" }, InputTemplate: '{"id": <id>}' },
  RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 60 },
};

/** The execution that `startDurable` starts in a new world, whose function then runs for minutes. */
const request = "3c6ef362-0000-4000-8000-000000000002";
const DurableExecutionArn = `${arn("lambda", "function:durable:$LATEST")}/durable-execution/order/${request}`;
const CheckpointToken = Buffer.from(`${request}#1`).toString("base64");
const CallbackId = Buffer.from(`${DurableExecutionArn}#c`).toString("base64");
export const startDurable = {
  FunctionName: "durable:$LATEST",
  InvocationType: "Event",
  DurableExecutionName: "order",
  Payload: "{}",
};

/** One input of each operation of each service that AWS would take, with most of the members that the cloud knows. */
export const validInputs: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  dynamodb: {
    PutItem: { TableName, Item: item, ...condition, ReturnValues: "ALL_OLD", ReturnConsumedCapacity: "TOTAL" },
    GetItem: { TableName, Key: key, ConsistentRead: true, ProjectionExpression: "id, tags" },
    UpdateItem: { TableName, Key: key, UpdateExpression: "SET #s = :q ADD amount :q", ...condition },
    DeleteItem: { TableName, Key: key, ...condition, ReturnValuesOnConditionCheckFailure: "ALL_OLD" },
    Query: {
      TableName,
      KeyConditionExpression: "id = :id AND line BETWEEN :a AND :b",
      ExpressionAttributeValues: { ":id": { S: "o-1" }, ":a": { N: "0" }, ":b": { N: "9" } },
      Limit: 3,
      ScanIndexForward: false,
    },
    Scan: {
      TableName,
      FilterExpression: "contains(tags, :t)",
      ExpressionAttributeValues: { ":t": { S: "a" } },
      Limit: 5,
    },
    BatchGetItem: { RequestItems: { table: { Keys: [key], ConsistentRead: true } } },
    BatchWriteItem: { RequestItems: { table: [{ PutRequest: { Item: item } }] } },
    TransactWriteItems: {
      TransactItems: [{ Update: { TableName, Key: key, UpdateExpression: "SET #s = :q", ...condition } }],
    },
    TransactGetItems: { TransactItems: [{ Get: { TableName, Key: key } }] },
    DescribeTable: { TableName },
    DescribeTimeToLive: { TableName },
    ListTables: { Limit: 5 },
  },
  events: {
    PutEvents: {
      Entries: [
        {
          Source: "orders",
          DetailType: "OrderCreated",
          Detail: '{"id": "o-1"}',
          Resources: ["arn"],
          Time: 1_767_225_600,
        },
      ],
    },
    TestEventPattern: { EventPattern, Event },
    PutRule: { Name: "other", EventPattern, State: "ENABLED", Description: "orders" },
    DescribeRule: { Name: "rule", EventBusName: "default" },
    ListRules: { NamePrefix: "r" },
    EnableRule: { Name: "rule" },
    DisableRule: { Name: "rule" },
    DeleteRule: { Name: "never" },
    PutTargets: { Rule: "rule", Targets: [target] },
    RemoveTargets: { Rule: "rule", Ids: ["queue"] },
    ListTargetsByRule: { Rule: "rule" },
    DescribeEventBus: { Name: "default" },
    ListEventBuses: { NamePrefix: "def" },
    ListArchives: { NamePrefix: "a" },
    DescribeArchive: { ArchiveName: "archive" },
    StartReplay: {
      ReplayName: "replay",
      EventSourceArn: arn("events", "archive/archive"),
      EventStartTime: 1_767_225_600,
      EventEndTime: 1_767_225_700,
      Destination: { Arn: arn("events", "event-bus/default"), FilterArns: [arn("events", "rule/rule")] },
    },
    DescribeReplay: { ReplayName: "replay" },
    ListReplays: { NamePrefix: "r" },
  },
  lambda: {
    Invoke: { FunctionName: "function", InvocationType: "RequestResponse", LogType: "None", Payload: '{"a": [1, 2]}' },
    GetFunction: { FunctionName: "function" },
    GetFunctionConfiguration: { FunctionName: arn("lambda", "function:function") },
    GetFunctionEventInvokeConfig: { FunctionName: "function", Qualifier: "$LATEST" },
    ListFunctions: {},
    CheckpointDurableExecution: {
      DurableExecutionArn,
      CheckpointToken,
      ClientToken: "a",
      Updates: [
        { Id: "s", Name: "charge", Type: "STEP", Action: "RETRY", StepOptions: { NextAttemptDelaySeconds: 5 } },
        { Id: "w", Type: "WAIT", Action: "START", WaitOptions: { WaitSeconds: 5 } },
        { Id: "u", Type: "CONTEXT", Action: "START", ContextOptions: { ReplayChildren: true } },
        { Id: "c", ParentId: "u", Type: "CALLBACK", Action: "START", CallbackOptions: { TimeoutSeconds: 60 } },
        {
          Id: "i",
          Type: "CHAINED_INVOKE",
          Action: "START",
          Payload: "{}",
          ChainedInvokeOptions: { FunctionName: "function" },
        },
      ],
    },
    GetDurableExecution: { DurableExecutionArn },
    GetDurableExecutionState: { DurableExecutionArn, CheckpointToken },
    ListDurableExecutionsByFunction: { FunctionName: "durable", Qualifier: "$LATEST", DurableExecutionName: "order" },
    SendDurableExecutionCallbackSuccess: { CallbackId, Result: "{}" },
    SendDurableExecutionCallbackFailure: { CallbackId, Error: { ErrorType: "Denied", ErrorMessage: "too dear" } },
  },
  sqs: {
    SendMessage: {
      QueueUrl,
      MessageBody: "hello",
      DelaySeconds: 1,
      MessageAttributes: { Kind: { DataType: "String", StringValue: "x" } },
    },
    SendMessageBatch: { QueueUrl, Entries: [{ Id: "a", MessageBody: "hello", DelaySeconds: 2 }] },
    ReceiveMessage: { QueueUrl, MaxNumberOfMessages: 2, WaitTimeSeconds: 1, AttributeNames: ["All"] },
    DeleteMessage: { QueueUrl, ReceiptHandle },
    DeleteMessageBatch: { QueueUrl, Entries: [{ Id: "a", ReceiptHandle }] },
    ChangeMessageVisibility: { QueueUrl, ReceiptHandle, VisibilityTimeout: 5 },
    ChangeMessageVisibilityBatch: { QueueUrl, Entries: [{ Id: "a", ReceiptHandle, VisibilityTimeout: 5 }] },
    GetQueueUrl: { QueueName: "queue" },
    GetQueueAttributes: { QueueUrl, AttributeNames: ["QueueArn", "VisibilityTimeout"] },
    ListQueues: { QueueNamePrefix: "q" },
    PurgeQueue: { QueueUrl },
  },
  states: {
    CreateStateMachine: { name: "other", definition, roleArn, type: "STANDARD", tags: [{ key: "a", value: "b" }] },
    DescribeStateMachine: { stateMachineArn: machine },
    UpdateStateMachine: { stateMachineArn: machine, definition, roleArn },
    DeleteStateMachine: { stateMachineArn: arn("states", "stateMachine:never") },
    ListStateMachines: { maxResults: 10 },
    ValidateStateMachineDefinition: { definition, type: "STANDARD" },
    StartExecution: { stateMachineArn: machine, name: "known", input: '{"order": {"id": "o-1"}}' },
    StartSyncExecution: { stateMachineArn: express, name: "sync", input: '{"order": {"id": "o-1"}}' },
    DescribeExecution: { executionArn },
    DescribeStateMachineForExecution: { executionArn },
    GetExecutionHistory: { executionArn, maxResults: 5, reverseOrder: true, includeExecutionData: true },
    ListExecutions: { stateMachineArn: machine, statusFilter: "SUCCEEDED", maxResults: 3 },
    RedriveExecution: { executionArn, clientToken: "once" },
    StopExecution: { executionArn, error: "Stopped", cause: "because" },
    CreateActivity: { name: "another", tags: [{ key: "a", value: "b" }] },
    DescribeActivity: { activityArn },
    DeleteActivity: { activityArn: arn("states", "activity:never") },
    ListActivities: { maxResults: 3 },
    GetActivityTask: { activityArn, workerName: "worker" },
    SendTaskSuccess: { taskToken: "token", output: '{"a": 1}' },
    SendTaskFailure: { taskToken: "token", error: "Failed", cause: "because" },
    SendTaskHeartbeat: { taskToken: "token" },
  },
  sts: { GetCallerIdentity: {} },
};
