import { inOrder } from "../src/choices.ts";
import { VirtualClock } from "../src/clock.ts";
import { DynamoDb } from "../src/dynamodb/dynamodb.ts";
import { UnknownFeature } from "../src/errors.ts";
import { noTrace } from "../src/history.ts";
import { Ids } from "../src/identity.ts";
import type { Api, Caller, Service } from "../src/service.ts";
import { services } from "../src/services.ts";
import { Sqs } from "../src/sqs/sqs.ts";
import { StepFunctions } from "../src/states/step-functions.ts";
import { RecordedFunctions } from "./asl-functions.ts";
import type { RecordedFunction } from "./asl-functions.ts";

export const operator: Caller = { principal: { kind: "operator" }, trace: noTrace };

/** One step of what a recording did before its execution. */
export interface SetupStep {
  readonly op: string;
  readonly kw?: Readonly<Record<string, unknown>>;
}

/** The services that recorded executions call, with functions given as data. */
export class AslCloud {
  readonly clock = new VirtualClock(inOrder, Date.UTC(2026, 0, 1));
  readonly states: StepFunctions;
  readonly #sqs: Sqs;
  readonly #dynamodb: DynamoDb;

  constructor(functions: Readonly<Record<string, RecordedFunction>>) {
    const kernel = {
      clock: this.clock,
      history: { record: () => undefined },
      ids: new Ids(),
      place: { region: "us-east-1" },
    };
    const recorded = new RecordedFunctions(functions, this.clock);
    this.#sqs = new Sqs(kernel);
    this.#dynamodb = new DynamoDb(kernel);
    const api: Api = async (caller, service, operation, input) => {
      if (service === "lambda") return recorded.invoke(input as { FunctionName: string; Payload: string });
      const opened: Readonly<Record<string, Service>> = {
        states: this.states,
        sqs: this.#sqs,
        dynamodb: this.#dynamodb,
      };
      const called = opened[service];
      if (!called) throw new UnknownFeature(`the service ${service} in a recorded case`, operation);
      return called.call(operation, input, caller);
    };
    this.states = new StepFunctions({ ...kernel, choices: inOrder, api, services });
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
        this.#sqs.createQueue(String(kw.QueueName), {
          delaySeconds: 0,
          maximumMessageSize: 1_048_576,
          messageRetentionSeconds: 345_600,
          receiveWaitSeconds: 0,
          visibilityTimeoutSeconds: 30,
          redrive: undefined,
        });
        return;
      case "fixture:dynamodb_create_table":
        this.#dynamodb.createTable({
          name: String(kw.table_name),
          key: { partition: { name: String(kw.partition_key), type: "S" }, sort: undefined },
          indexes: [],
          billing: "PAY_PER_REQUEST",
          deletionProtection: false,
          timeToLiveAttribute: undefined,
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
