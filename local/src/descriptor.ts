import type { ResourceType } from "./assembly/resource-type.ts";
import type { Choices } from "./choices.ts";
import type { Activity, Clock } from "./clock.ts";
import type { Correlate } from "./correlation.ts";
import type { EventTarget } from "./events/delivery/event-target.ts";
import type { Faults } from "./faults/faults.ts";
import type { History } from "./history.ts";
import type { ActionTable, ConditionValues } from "./iam/action-table.ts";
import type { Iam } from "./iam/iam.ts";
import type { Ids } from "./identity.ts";
import type { InvocationDestination } from "./lambda/invocation/destination.ts";
import type { Api, Service } from "./service.ts";
import type { TaskIntegrations } from "./states/integrations/task-integrations.ts";
import type { Watch } from "./watch.ts";
import type { Protocol } from "./wire/protocol.ts";

/** What the services of one cloud share, and how this cloud was asked to behave. */
export interface Kernel {
  readonly clock: Clock;
  readonly choices: Choices;
  readonly history: History;
  readonly ids: Ids;
  /** Of everything in the cloud. */
  readonly region: string;
  readonly iam: Iam;
  readonly api: Api;
  /** Every service of the cloud, for those that send to others: rules, tasks, handlers. */
  readonly services: readonly ServiceDescriptor[];
  /** The correlation id of what enters the cloud. */
  readonly correlate?: Correlate | undefined;
  readonly faults: Faults;
  readonly watch: Watch;
  readonly seed: number;
  readonly duplicates: boolean;
  readonly repeatable: boolean;
  readonly keepExecutions: number;
}

/** A service of one cloud, opened. */
export type OpenService = Opened & (Reopened | Cleared);

interface Opened {
  /** Left out by a service that nobody calls and templates only name. */
  readonly service?: Service;
  /** The CloudFormation types it creates. */
  readonly resources: readonly ResourceType<unknown>[];
  /** What its condition keys are in a request. */
  readonly conditionValues?: ConditionValues;
  /** Forgets everything that has come since the templates were loaded. */
  readonly reset?: () => void;
}

/** It is opened anew to forget what the templates brought, too. */
interface Reopened {
  readonly activity?: undefined;
  readonly clear?: undefined;
}

/** It forgets what the templates brought by itself, and stays what the clock knows. */
interface Cleared {
  /** What the clock waits for before it advances. */
  readonly activity: Activity;
  readonly clear: () => void;
}

/**
 * One AWS service of the cloud, as its folder exports it. Wire, IAM, templates, rules and tasks read from here what the
 * service is to them, so that a new one is a folder and a line in services.ts.
 */
export interface ServiceDescriptor {
  /** As in ARNs and in the actions of policies. */
  readonly name: string;
  /** How the SDK reaches it. */
  readonly protocol?: Protocol;
  /** What each operation requires of its caller; an operation that is not here is refused by name. */
  readonly actions: ActionTable;
  /** The member of an operation's input, as JSON text, by which something new enters the cloud. */
  readonly entries?: Readonly<Record<string, string>>;
  /** What it is as the target of a rule. */
  readonly eventTarget?: EventTarget;
  /** What it is as the destination of asynchronous invocations. */
  readonly invocationDestination?: InvocationDestination;
  /** What it is to the Task states of a state machine. */
  readonly tasks?: TaskIntegrations;
  open(kernel: Kernel): OpenService;
}
