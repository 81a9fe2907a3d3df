import type { Clock, VirtualClock } from "../src/clock.ts";
import { UnknownFeature } from "../src/errors.ts";
import { noTrace } from "../src/history.ts";
import type { Caller, Service } from "../src/service.ts";
import type { StepFunctions } from "../src/states/step-functions.ts";
import { RecordedFunctions, type RecordedFunction } from "./asl-functions.ts";
import { smallCloud, type SmallCloud } from "./small-cloud.ts";

export const operator: Caller = { principal: { kind: "operator" }, trace: noTrace };

/** One step of what a recording did before its execution. */
export interface SetupStep {
  readonly op: string;
  readonly kw?: Readonly<Record<string, unknown>>;
}

/** The services that recorded executions call, with functions given as data. */
export class AslCloud {
  readonly clock: VirtualClock;
  readonly states: StepFunctions;
  readonly #cloud: SmallCloud;

  constructor(functions: Readonly<Record<string, RecordedFunction>>) {
    const lambda = (clock: Clock): Service => {
      const recorded = new RecordedFunctions(functions, clock);
      return { call: (_, input) => recorded.invoke(input as { FunctionName: string; Payload: string }) };
    };
    this.#cloud = smallCloud(lambda, { region: "us-east-1" });
    this.clock = this.#cloud.clock;
    this.states = this.#cloud.services.get("states") as StepFunctions;
  }

  /** @throws UnknownFeature for a step this cloud cannot repeat */
  prepare({ op, kw = {} }: SetupStep): void {
    switch (op) {
      case "fixture:sfn_create_log_group":
      case "logs.describe_log_groups":
      case "logs.delete_log_group":
        // Logs do not change what an execution does.
        return;
      case "fixture:sqs_create_queue":
        this.#cloud.create("AWS::SQS::Queue", { QueueName: String(kw.QueueName) });
        return;
      case "fixture:dynamodb_create_table":
        this.#cloud.create("AWS::DynamoDB::Table", {
          TableName: String(kw.table_name),
          KeySchema: [{ AttributeName: String(kw.partition_key), KeyType: "HASH" }],
          AttributeDefinitions: [{ AttributeName: String(kw.partition_key), AttributeType: "S" }],
          BillingMode: "PAY_PER_REQUEST",
        });
        return;
      case "fixture:sfn_activity_consumer":
        this.#startWorker(kw);
        return;
      default:
        throw new UnknownFeature(`the setup step ${op} of a recording`, "setup");
    }
  }

  /** An activity worker of the recordings is a state machine of its own. */
  #startWorker({ template, activity_arn: recordedArn }: Readonly<Record<string, unknown>>): void {
    const activityName = String(recordedArn).split(":").at(-1)!;
    const { activityArn } = this.states.call("CreateActivity", { name: activityName }, operator) as {
      activityArn: string;
    };
    const worker = this.states.createStateMachine({
      name: "worker",
      definition: JSON.stringify(template),
      roleArn: "worker-role",
    });
    this.states.start({ stateMachineArn: worker.arn, input: JSON.stringify({ ActivityArn: activityArn }) }, operator);
  }
}
