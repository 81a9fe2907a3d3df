import type { DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import type { App, AppProps } from "aws-cdk-lib";
import type { Approval } from "../approval.ts";
import type { Table } from "../aws/table.ts";
import type { EndingName } from "../endings.ts";
import type { Placement, PlacementRef } from "../placement.ts";
import type { StepName } from "../steps/step-names.ts";
import type { Decided } from "./decide.ts";
import type { Dependency } from "./dependencies.ts";
import type { Difference } from "./difference.ts";
import type { Flow } from "./flow.ts";
import type { Remedy } from "./remedy.ts";
import type { StepLog } from "./step-log.ts";
import type { StoryLine } from "./story.ts";
import type { Template } from "./template.ts";

/**
 * One way to coordinate the saga, as a value. Whoever runs, judges, draws or deploys variants asks the value and never
 * its name. A variant is judged by itself, and then held against the first of the registry.
 */
export interface Variant {
  /** The word for it on the command line, in tables and in results. */
  readonly name: string;
  /** How it coordinates, in a sentence. */
  readonly description: string;
  /** URL of the module that exports this value as `variant`: a thread of its own loads it from there. */
  readonly module: string;
  /** File URL of the folder that holds its source, and its `cdk.out/`; it ends in a slash. */
  readonly folder: string;
  /**
   * The stack that its app synthesizes. Its outputs name the order table (`TableName`) and the roles of those who place
   * orders (`ClientRoleArn`) and of those who repair them (`OperatorRoleArn`).
   */
  readonly stackName: string;
  /** Its CDK app. Loads the CDK, which takes half a second, so only synthesis asks for it. */
  app(props: AppProps): Promise<App>;
  /** The way to its stack, wherever that is deployed. */
  connect(stack: DeployedStack): Coordination;
  /** @returns who hands over to whom in the synthesized template */
  flow(template: Template): Flow;
  /** Why a client of it cannot but wait for the end, as the end of "because …"; absent where he need not. */
  readonly clientWaits?: string;
  /** What it depends on, and what can therefore fail in it. */
  readonly dependsOn: readonly Dependency[];
  /** Where only some steps depend on one of them: which. */
  readonly onlyIn?: Readonly<Partial<Record<Dependency, readonly StepName[]>>>;
  /** Where an order ends otherwise here than in the variant that the others are held against. */
  readonly differs?: readonly Difference[];
  /** What keeps it from being deployed to LocalStack 4.14; it can be where nothing is said. */
  readonly notOnLocalStack?: string;
  /** Where two clouds may see an order of this variant differently, and both be right. */
  readonly cloudsMayDiffer?: readonly CloudDifference[];
}

/** Those of a role's session have a token, and an end. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** What every client of the AWS SDK is given to reach a cloud, embedded or deployed. */
export interface ClientConfig {
  readonly region: string;
  readonly endpoint?: string;
  /** True where every operation goes to that endpoint. */
  readonly disableHostPrefix?: boolean;
  readonly credentials?: Credentials | (() => Promise<Credentials>);
  /** Given where the cloud is in this process. */
  readonly requestHandler?: NonNullable<DynamoDBClientConfig["requestHandler"]>;
}

/**
 * Makes a client of the AWS SDK that reaches a stack, or what stands in for one.
 * @param options beside those by which the stack is reached
 */
export type MakeClient = <Client>(of: new (config: ClientConfig) => Client, options?: object) => Client;

/** A variant's stack, deployed somewhere. */
export interface DeployedStack {
  readonly outputs: Readonly<Record<string, string>>;
  /** For whoever runs the commands, who reads everything. */
  readonly client: MakeClient;
  /** The same for the order table. */
  readonly table: Table;
  /** For those who place orders: they act under the role that the outputs name as `ClientRoleArn`. */
  readonly asClient: { readonly client: MakeClient; readonly table: Table };
  /** For those who repair orders: they act under the role that the outputs name as `OperatorRoleArn`. */
  readonly asOperator: { readonly client: MakeClient; readonly table: Table };
  /** For those who approve orders, under the role `ApproverRoleArn` of the outputs; absent without a limit. */
  readonly asApprover?: { readonly client: MakeClient; readonly table: Table };
  /** What the steps wrote to their logs about a placement, in the order of time. */
  readonly logs: (placed: PlacementRef) => Promise<readonly StepLog[]>;
  /** The time there, ISO 8601: the embedded cloud's is virtual. */
  readonly now: () => string;
  /** The events that arrived on a bus and name a placement, in the order of time; absent where nothing hears them. */
  readonly events?: (placed: PlacementRef) => readonly BusEvent[];
}

/** An event as it arrived on a bus. */
export interface BusEvent {
  readonly source: string;
  readonly detailType: string;
}

/** What only the coordination of a variant knows of its orders. */
export interface Coordination {
  /**
   * Places an order the way a client of this variant does: writes its document, then says so. The same placement again
   * is no error.
   * @throws OrderConflict when the placement was made before with other content
   */
  place(placement: Placement): Promise<void>;
  /**
   * Ends the call by which a client waits for this placement; absent where no client waits, or where AWS does not say
   * what becomes of the call.
   */
  hangUp?(placed: PlacementRef): void;
  /**
   * Decides about an order that waits for a person; absent where a stack has no limit, or its coordination no wait.
   */
  readonly decide?: ((orderId: string, approval: Approval) => Promise<Decided>) | undefined;
  /**
   * True when nothing more will happen to a placement by itself. The order's status does not tell:
   * an order that is stuck has ended too. Called only for a deployed stack, where no virtual clock tells.
   * @param times how often it was made
   */
  hasEnded(placed: PlacementRef, times: number): Promise<boolean>;
  /** How the coordination itself says that a placement ended; nothing for a variant that keeps no such record. */
  ending(placed: PlacementRef): Promise<Ending | undefined>;
  /**
   * The names of the events that were published of a placement, in the order of time; nothing for a variant that
   * publishes none.
   */
  published(placed: PlacementRef): Promise<readonly string[] | undefined>;
  /** What these placements took so far, beyond what the steps log. One that was made twice is there twice. */
  usage(placed: readonly PlacementRef[]): Promise<Usage>;
  /** @returns the bodies of the dead letters that speak of these orders */
  deadLetters(orderIds: readonly string[]): Promise<readonly string[]>;
  /** What a cloud shows of a placement's way, by what it is, so that two clouds can be compared. No times, no ids. */
  history(placed: PlacementRef): Promise<Readonly<Record<string, readonly string[]>>>;
  /** What an operator can do for orders that stopped, by the word for it on the command line. */
  readonly remedies: Readonly<Record<string, Remedy>>;
  /** The history of a placement's last execution; absent for a variant that keeps no such record. */
  execution?(placed: PlacementRef): Promise<ExecutionRecord>;
  /** A placement's way for a person. */
  story(placed: PlacementRef): Promise<readonly StoryLine[]>;
}

/** An execution's history, as Step Functions keeps it. */
export interface ExecutionRecord {
  readonly arn: string;
  readonly stateMachine: string;
  readonly events: readonly ExecutionRecordEvent[];
}

/** As GetExecutionHistory names it: `id` counts from 1, `previousId` is 0 for none. */
export interface ExecutionRecordEvent {
  readonly id: number;
  readonly previousId: number;
  readonly atMs: number;
  readonly type: string;
  readonly state?: string;
  readonly error?: string;
}

/** How an order ended, by the record that its coordination keeps, such as an execution. */
export interface Ending {
  /** The name of the record, such as an execution's ARN. */
  readonly id: string;
  /** The status that the order has by this record; nothing where the record tells of none. */
  readonly tells: EndingName | undefined;
  /** In the words of the service: `SUCCEEDED`, `FAILED`, … */
  readonly status: string;
  /** What came out, where it succeeded: whose order it was. */
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
}

export interface Usage {
  /** Events published on a bus, the clients' and those of exhausted retries included. */
  readonly events: number;
  /** As Step Functions bills them: states entered, each retry included. */
  readonly stateTransitions: number | "unknown";
}

/** A field of one scenario's observations that two clouds may see differently. */
export interface CloudDifference {
  readonly scenario: string;
  readonly field: RegExp;
  readonly because: string;
}
