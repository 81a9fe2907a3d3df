import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DisableRuleCommand, EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { type Choices, type Cloud, type Happening, openCloud, type RoleSession, type Watch } from "@ovsc/local";
import { thinClient, thinDocumentClient } from "@ovsc/local/thin-sdk";
import { type PlacementRef, profileNamed, sweeping } from "@ovsc/shared";
import { isAnyOpen, Table } from "@ovsc/shared/aws";
import { type MakeClient, type StepLog, stepLog, type Variant } from "@ovsc/shared/variant";
import type { ListeningFaults } from "../faults/injection.ts";
import { Counter } from "../runs/counter.ts";
import { HeardEvents } from "../runs/heard-events.ts";
import { mostSweeps, Sweeps } from "../runs/sweeps.ts";
import { connect } from "./connect.ts";
import type { Deployment } from "./deployment.ts";

export interface LocalOptions {
  /** The variant's cloud assembly. */
  readonly assembly: string;
  readonly choices: Choices;
  /** Hears of everything that happens. */
  readonly onHappening?: (happening: Happening) => void;
  /** Faults to inject into the calls that handlers make. */
  readonly faults?: ListeningFaults;
  /** Tells the supervisor of this thread whose handler runs. */
  readonly watch?: Watch;
  /** Lets choices deliver any event twice. */
  readonly duplicates?: boolean;
  /** Keep what the steps log, for `logs`. A long run would rather not. */
  readonly keepLogs?: boolean;
  /** Reach the cloud by the thin SDK: quicker, and only what it has. The handlers' SDK is a matter of the assembly. */
  readonly thin?: boolean;
  /**
   * Off if not given: its schedule is disabled, so that an order whose news is lost stays where it is, and is seen. On:
   * settling goes on, sweep by sweep, while any order is open.
   */
  readonly sweeper?: "on" | "off";
  /** See `CloudOptions`: for many runs of which each begins with `reset`. */
  readonly repeatable?: boolean;
}

/** An embedded cloud's time passes when it is told to. */
export interface LocalDeployment extends Deployment {
  /** Makes the cloud and all that is known of it what they were when it was opened. */
  reset(): Promise<void>;
  /** Deploys another assembly of the same stack, while orders are under way: see `Cloud.update`. */
  update(assembly: string): void;
}

/**
 * A variant in the embedded cloud: its synthesized stack and its bundled handlers, in this process, on virtual time.
 */
export async function openLocal(
  variant: Variant,
  {
    assembly,
    choices,
    onHappening,
    faults = {},
    watch,
    duplicates = false,
    keepLogs = false,
    thin = false,
    sweeper = "off",
    repeatable = false,
  }: LocalOptions,
): Promise<LocalDeployment> {
  let counter = new Counter();
  let kept: StepLog[] = [];
  let sweeps = new Sweeps();
  let heard = new HeardEvents();
  const cloud = await openCloud({
    assemblies: [assembly],
    choices,
    faults,
    ...(watch && { watch }),
    duplicates,
    repeatable,
    correlate: orderIdIn,
    onHappening(happening) {
      faults.hear?.(happening);
      counter.add(happening);
      heard.add(happening);
      sweeps.add(happening);
      const line = keepLogs && happening.type === "Log" ? stepLog(happening.line, happening.atMs) : undefined;
      if (line) kept.push(line);
      onHappening?.(happening);
    },
  });
  const outputs = cloud.stacks.get(variant.stackName)!.outputs;
  const reached = (as?: RoleSession) => {
    const { client, documents } = thin ? thinClients(cloud, as) : sdkClients(cloud, as);
    return { client, table: new Table(outputs["TableName"]!, documents) };
  };
  const { client, table } = reached();
  const Name = outputs["SweepRuleName"];
  const isSwept = sweeper === "on" && Name !== undefined;
  /** Switches the sweeper off where it is not asked for, and leaves no trace of that: the ids are those of any run. */
  const begin = async () => {
    if (sweeper === "off" && Name) await client(EventBridgeClient).send(new DisableRuleCommand({ Name }));
    cloud.reset();
  };
  await begin();
  let isUpdated = false;
  const asClient = reached({ roleArn: outputs["ClientRoleArn"]! });
  const asOperator = reached({ roleArn: outputs["OperatorRoleArn"]! });
  const approver = outputs["ApproverRoleArn"];
  const asApprover = approver === undefined ? {} : { asApprover: reached({ roleArn: approver }) };
  const logs = async ({ placementId }: PlacementRef) => kept.filter((each) => each.placementId === placementId);
  const now = () => new Date(cloud.nowMs).toISOString();
  const events = (placed: PlacementRef) => heard.of(placed);
  return {
    variant,
    where: "the embedded cloud, in this process",
    table,
    coordination: connect(variant, { outputs, client, table, asClient, asOperator, ...asApprover, logs, events, now }),
    async settle() {
      await cloud.run();
      if (!isSwept) return;
      const most = mostSweeps(profileNamed(outputs["RetryProfile"]));
      for (let sweep = 0; sweep < most && (await isAnyOpen(table)); sweep += 1)
        await cloud.run({ untilMs: cloud.nowMs + 1000 * sweeping.everySeconds });
    },
    sweeps: async (placed) => sweeps.of(placed),
    pass: (seconds) => cloud.run({ untilMs: cloud.nowMs + 1000 * seconds }),
    async reset() {
      cloud.reset();
      if (isUpdated) await begin();
      isUpdated = false;
      counter = new Counter();
      kept = [];
      sweeps = new Sweeps();
      heard = new HeardEvents();
    },
    update(own) {
      isUpdated = true;
      cloud.update([own]);
    },
    async count(placed) {
      const orderIds = placed.map(({ orderId }) => orderId);
      heard.forget(orderIds);
      return counter.take(orderIds);
    },
    logs,
    now,
    close: async () => {},
  };
}

interface Clients {
  readonly client: MakeClient;
  readonly documents: DynamoDBDocumentClient;
}

function sdkClients(cloud: Cloud, as: RoleSession | undefined): Clients {
  const config = cloud.clientConfig(as);
  return {
    client: (Client, options) => new Client({ ...config, ...options }),
    documents: DynamoDBDocumentClient.from(new DynamoDBClient(config)),
  };
}

function thinClients(cloud: Cloud, as: RoleSession | undefined): Clients {
  const door = cloud.door(as);
  return { client: (Client, options) => thinClient(door, Client, options), documents: thinDocumentClient(door) };
}

/** The order that an event's detail or an execution's input speaks of, or the event of a record that is handed back. */
function orderIdIn(payload: unknown): string | undefined {
  if (typeof payload !== "object" || payload === null) return undefined;
  const { orderId, detail, requestPayload } = payload as Readonly<Record<string, unknown>>;
  return typeof orderId === "string" ? orderId : (orderIdIn(detail) ?? orderIdIn(requestPayload));
}
