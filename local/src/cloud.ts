import { api as createApi } from "./api.ts";
import { loadStacks, type LoadedStack } from "./assembly/load.ts";
import { readAssembly } from "./assembly/manifest.ts";
import type { ResourceType } from "./assembly/resource-type.ts";
import { inOrder, type Choices } from "./choices.ts";
import { VirtualClock } from "./clock.ts";
import { correlated, type Correlate } from "./correlation.ts";
import { DynamoDb } from "./dynamodb/dynamodb.ts";
import { tableResources } from "./dynamodb/table/table-resource.ts";
import { EventBridge } from "./events/event-bridge.ts";
import { eventResources } from "./events/resources.ts";
import { noTrace, type Happening, type History } from "./history.ts";
import { callerIdentity } from "./iam/caller-identity.ts";
import { Iam } from "./iam/iam.ts";
import { resourcePolicyResources } from "./iam/resource-policies.ts";
import { roleResources } from "./iam/role-resources.ts";
import { withTrustedRoles } from "./iam/trust.ts";
import { Ids } from "./identity.ts";
import type { Faults } from "./lambda/invocation/faults.ts";
import { Lambda } from "./lambda/lambda.ts";
import { lambdaResources } from "./lambda/resources.ts";
import { logResources } from "./logs/log-group.ts";
import type { Api, Caller } from "./service.ts";
import { sqsResources } from "./sqs/resources.ts";
import { Sqs } from "./sqs/sqs.ts";
import { stateMachineResources } from "./states/resources.ts";
import { StepFunctions } from "./states/step-functions.ts";
import { requestHandler, type RequestHandler } from "./wire/request-handler.ts";
import { Wire } from "./wire/wire.ts";

export interface CloudOptions {
  /** Folders that `cdk synth` wrote. Their stacks are deployed together, in one account and Region. */
  readonly assemblies: readonly string[];
  /** `eu-west-2` if not given. */
  readonly region?: string;
  /** Decides delivery order, duplicates and jitter; everything in order if not given. */
  readonly choices?: Choices;
  /** Of all that is random inside handlers; 0 if not given. */
  readonly seed?: number;
  /** Virtual milliseconds since 1970 at which the cloud opens; 2026-01-01T00:00:00Z if not given, so that runs are alike. */
  readonly startMs?: number;
  /** The saga to which what the operator sends in belongs. */
  readonly correlate?: Correlate;
  /** Hears of everything that happens, in order. The cloud itself keeps nothing of it. */
  readonly onHappening?: (happening: Happening) => void;
  readonly faults?: Faults;
  /** Lets choices deliver an event twice, as AWS may. */
  readonly duplicates?: boolean;
  /** How many closed executions can still be described; all of them if not given, which a long run may not have room for. */
  readonly keepExecutions?: number;
}

/** What any client of the AWS SDK v3 takes to call this cloud, as its operator. */
export interface ClientConfig {
  readonly region: string;
  /** Given, so that no endpoint in the environment is asked instead. Nothing is ever sent there. */
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly requestHandler: RequestHandler;
}

export interface Cloud {
  /** The deployed stacks by name. */
  readonly stacks: ReadonlyMap<string, LoadedStack>;
  /** Virtual milliseconds since 1970. */
  readonly nowMs: number;
  clientConfig(): ClientConfig;
  /**
   * Runs until nothing is left to do, `done` says so, or virtual time would pass `untilMs`.
   * @throws UnknownFeature where a handler or an event led to something the cloud does not know
   */
  run(options?: { done?: () => boolean; untilMs?: number }): Promise<void>;
}

const defaultRegion = "eu-west-2";
const defaultStartMs = Date.UTC(2026, 0, 1);

/**
 * Deploys cloud assemblies into a new cloud inside this process.
 * @throws AssemblyRefused naming everything in the templates that the cloud does not know, before anything runs
 */
export async function openCloud(options: CloudOptions): Promise<Cloud> {
  const { region = defaultRegion, choices = inOrder, startMs = defaultStartMs, correlate, onHappening } = options;
  const place = { region };
  const clock = new VirtualClock(choices, startMs);
  const ids = new Ids();
  const history = tellingHistory(clock, onHappening);
  const iam = new Iam();

  // Services call each other, so each is given the way to all of them before all of them exist.
  let connected: Api | undefined;
  const api: Api = (...call) => connected!(...call);
  const kernel = { clock, choices, history, ids, place, api };

  const lambda = new Lambda({ ...kernel, faults: options.faults ?? {}, seed: options.seed ?? 0 });
  const events = new EventBridge({
    ...kernel,
    duplicates: options.duplicates ?? false,
    ...(correlate && { correlate }),
  });
  const states = new StepFunctions({ ...kernel, keepExecutions: options.keepExecutions ?? Infinity });
  const sqs = new Sqs(kernel);
  const dynamodb = new DynamoDb(kernel);
  const services = { dynamodb, events, lambda, sqs, states, sts: callerIdentity(iam) };
  connected = createApi({ services: correlate ? correlated(services, correlate) : services, iam, history, place });
  clock.watch(lambda);

  const types = [
    ...tableResources(dynamodb),
    ...eventResources(events),
    ...lambdaResources(lambda),
    ...sqsResources(sqs),
    ...stateMachineResources(states),
    ...logResources(place),
    ...roleResources(iam),
    ...resourcePolicyResources(iam, place),
  ].map((type): [string, ResourceType<unknown>] => [type.type, withTrustedRoles(type, iam)]);
  const stacks = loadStacks(options.assemblies.flatMap(readAssembly), new Map(types), place, ids);

  const wire = new Wire({ api, ids, place });
  return {
    stacks,
    get nowMs() {
      return clock.nowMs;
    },
    clientConfig: () => ({
      region,
      endpoint: "http://localhost",
      credentials,
      requestHandler: requestHandler(wire, operator),
    }),
    run: (until) => clock.run(until),
  };
}

const operator: Caller = { principal: { kind: "operator" }, trace: noTrace };

/** Signatures are not looked at: whoever holds the cloud is its operator. */
const credentials = { accessKeyId: "operator", secretAccessKey: "operator" };

/** Numbers happenings, gives them their time, and passes them on. */
function tellingHistory(clock: VirtualClock, onHappening: CloudOptions["onHappening"]): History {
  if (!onHappening) return { record: () => {} };
  let sequence = 0;
  return {
    record: (trace, details) => {
      sequence += 1;
      onHappening({ sequence, atMs: clock.nowMs, ...trace, ...details });
    },
  };
}
