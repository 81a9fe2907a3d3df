import type { Choices } from "../choices.ts";
import type { Clock } from "../clock.ts";
import type { ServiceDescriptor } from "../descriptor.ts";
import { door, type Call, type Operations } from "../door/door.ts";
import { AwsError } from "../errors.ts";
import type { Faults } from "../faults/faults.ts";
import type { History, Trace } from "../history.ts";
import { arn } from "../identity.ts";
import type { Ids } from "../identity.ts";
import type { Api, Caller, Service } from "../service.ts";
import type { JsonObject } from "./data/json.ts";
import type { Host } from "./data/scope.ts";
import { compile } from "./definition/compile.ts";
import { expressBilling } from "./execution/execution-description.ts";
import { bytesOfData } from "./execution/execution-event.ts";
import { parseInput } from "./execution/execution-input.ts";
import { Execution } from "./execution/execution.ts";
import type { ExecutionIdentity } from "./execution/execution.ts";
import { Executions } from "./execution/executions.ts";
import { CloudTasks } from "./integrations/port.ts";
import { activityOperations } from "./operations/activity.ts";
import { executionOperations } from "./operations/execution.ts";
import { machineOperations } from "./operations/machine.ts";
import { tokenOperations } from "./operations/token.ts";
import { checkName, parseDefinition } from "./state-machine.ts";
import type { StateMachine, StateMachineType } from "./state-machine.ts";
import { takes } from "./takes.ts";
import { Activities } from "./task/activities.ts";
import { TaskTokens } from "./task/tokens.ts";
import { words } from "./words.ts";

export interface StepFunctionsOptions {
  readonly clock: Clock;
  readonly choices: Choices;
  readonly history: History;
  readonly api: Api;
  readonly ids: Ids;
  readonly region: string;
  /** What tasks can call. */
  readonly services: readonly ServiceDescriptor[];
  readonly faults?: Faults;
  /** How many closed executions are remembered, with their histories; all by default. */
  readonly keepExecutions?: number;
  /** Lets choices run an asynchronous start of an Express execution twice, as AWS may. */
  readonly duplicates?: boolean;
  /** How many executions may be open at a time; AWS's quota by default. */
  readonly mostOpenExecutions?: number;
}

/** What CreateStateMachine needs. */
export interface StateMachineInput {
  readonly name: string;
  readonly definition: string;
  readonly roleArn: string;
  readonly type?: StateMachineType | undefined;
  readonly loggingConfiguration?: JsonObject | undefined;
  readonly tracingConfiguration?: JsonObject | undefined;
}

/** What StartExecution needs. */
export interface StartInput {
  readonly stateMachineArn: string;
  readonly name?: string | undefined;
  readonly input?: string | undefined;
}

/** What an execution is made of. */
interface Started {
  readonly identity: ExecutionIdentity;
  readonly machine: StateMachine;
  readonly data: unknown;
  readonly trace: Trace;
  readonly closed: ((execution: Execution) => void) | undefined;
}

/** AWS Step Functions. https://docs.aws.amazon.com/step-functions/latest/apireference/Welcome.html */
export class StepFunctions implements Service {
  readonly clock: Clock;
  readonly region: string;
  readonly machines = new Map<string, StateMachine>();
  readonly executions: Executions;
  readonly tokens = new TaskTokens();
  readonly activities: Activities;
  readonly #history: History;
  readonly #host: Host;
  readonly #duplicates: boolean;
  readonly #tasks: CloudTasks;
  readonly call: Call;

  constructor(options: StepFunctionsOptions) {
    const { clock, choices, history, api, ids, region, services, faults = {}, keepExecutions = Infinity } = options;
    this.clock = clock;
    this.region = region;
    this.executions = new Executions(keepExecutions, options.mostOpenExecutions);
    this.activities = new Activities(clock, this.tokens);
    this.#history = history;
    this.#duplicates = options.duplicates ?? false;
    this.#host = { clock, choices, uuid: () => ids.uuid() };
    this.#tasks = new CloudTasks({
      api,
      services,
      clock,
      history,
      faults,
      uuid: this.#host.uuid,
      tokens: this.tokens,
      activities: this.activities,
      whenClosed: (executionArn, closed) => this.executions.whenClosed(executionArn, closed),
    });
    const operations: Operations = {
      ...machineOperations(this),
      ...executionOperations(this),
      ...activityOperations(this),
      ...tokenOperations(this),
    };
    this.call = door({ service: "states", operations, takes, words });
  }

  /**
   * Compiles a definition without creating anything.
   * @throws AwsError InvalidDefinition; UnknownFeature for what the cloud does not know
   */
  check(definition: string, type: StateMachineType = "STANDARD"): void {
    compile(parseDefinition(definition), this.#tasks, type);
  }

  /**
   * Creates a machine; the same machine again is the one that exists.
   * @throws AwsError InvalidName, InvalidDefinition, StateMachineAlreadyExists; UnknownFeature
   */
  createStateMachine(input: StateMachineInput): StateMachine {
    const { name, definition, roleArn, type = "STANDARD" } = input;
    const machineArn = arn("states", this.region, `stateMachine:${checkName(name)}`);
    const existing = this.machines.get(machineArn);
    if (existing) {
      if (existing.definition === definition && existing.type === type) return existing;
      throw new AwsError("StateMachineAlreadyExists", `State Machine Already Exists: '${machineArn}'`, 409);
    }
    const machine: StateMachine = {
      arn: machineArn,
      name,
      type,
      createdMs: this.clock.nowMs,
      updatedMs: this.clock.nowMs,
      roleArn,
      definition,
      program: this.compile(definition, type),
      loggingConfiguration: input.loggingConfiguration ?? { level: "OFF", includeExecutionData: false },
      tracingConfiguration: input.tracingConfiguration ?? { enabled: false },
    };
    this.machines.set(machineArn, machine);
    return machine;
  }

  /**
   * Gives a machine another definition or other settings. Executions keep the machine they were started with.
   * @throws AwsError StateMachineDoesNotExist, InvalidDefinition; UnknownFeature
   */
  updateStateMachine(machineArn: string, changes: Partial<Omit<StateMachineInput, "name" | "type">>): StateMachine {
    const machine = this.machine(machineArn);
    const { definition = machine.definition, roleArn = machine.roleArn } = changes;
    const updated: StateMachine = {
      ...machine,
      definition,
      program: definition === machine.definition ? machine.program : this.compile(definition, machine.type),
      roleArn,
      loggingConfiguration: changes.loggingConfiguration ?? machine.loggingConfiguration,
      tracingConfiguration: changes.tracingConfiguration ?? machine.tracingConfiguration,
      updatedMs: this.clock.nowMs,
    };
    this.machines.set(machineArn, updated);
    return updated;
  }

  compile(definition: string, type: StateMachineType) {
    return compile(parseDefinition(definition), this.#tasks, type);
  }

  /** @throws AwsError StateMachineDoesNotExist */
  machine(machineArn: string): StateMachine {
    const machine = this.machines.get(machineArn);
    if (!machine) throw new AwsError("StateMachineDoesNotExist", `State Machine Does Not Exist: '${machineArn}'`);
    return machine;
  }

  /**
   * Starts an execution. A Standard execution of the same name is given back while it runs with the same input.
   * @param closed called when the execution closes, perhaps before this returns
   * @throws AwsError StateMachineDoesNotExist, InvalidName, InvalidExecutionInput, ExecutionAlreadyExists
   */
  start(
    { stateMachineArn, name, input = "{}" }: StartInput,
    caller: Caller,
    closed?: (execution: Execution) => void,
  ): Execution {
    const machine = this.machine(stateMachineArn);
    const executionName = name === undefined ? this.#host.uuid() : checkName(name);
    const data = parseInput(input);
    const standard = machine.type === "STANDARD";
    const executionArn = standard
      ? arn("states", this.region, `execution:${machine.name}:${executionName}`)
      : arn("states", this.region, `express:${machine.name}:${executionName}:${this.#host.uuid()}`);
    const same = standard ? this.executions.get(executionArn) : undefined;
    if (same) {
      if (same.execution.status === "RUNNING" && same.input === input) return same.execution;
      throw new AwsError("ExecutionAlreadyExists", `Execution Already Exists: '${executionArn}'`);
    }
    const identity: ExecutionIdentity = {
      arn: executionArn,
      name: executionName,
      roleArn: machine.roleArn,
      correlationId: caller.trace.correlationId,
      region: this.region,
      stateMachine: { Id: machine.arn, Name: machine.name },
      type: machine.type,
      synchronous: closed !== undefined,
    };
    const make = () => this.#execution({ identity, machine, data, trace: caller.trace, closed });
    const execution = make();
    if (standard) this.executions.add({ execution, input, machine });
    execution.start();
    if (!standard && !closed && this.#isRunTwice()) this.clock.schedule(0, () => make().start());
    return execution;
  }

  /**
   * AWS may run an Express execution that was started asynchronously more than once.
   * https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html (2026-11-21)
   */
  #isRunTwice(): boolean {
    return this.#duplicates && this.#host.choices.choose(2, "run an Express execution twice") === 1;
  }

  #execution({ identity, machine, data, trace, closed }: Started): Execution {
    const standard = identity.type === "STANDARD";
    const execution = new Execution(identity, machine.program, data, this.#host, {
      event: (id, event) => {
        const { type, kind, previousEventId: previousId, subject, details } = event;
        const state = kind === "stateEntered" || kind === "stateExited" ? subject : undefined;
        const error = details?.["error"] as string | undefined;
        const bytes = bytesOfData(event);
        this.#history.record(trace, {
          type: "ExecutionEvent",
          stateMachine: machine.name,
          execution: identity.arn,
          id,
          previousId,
          event: type,
          ...(state !== undefined && { state }),
          ...(error !== undefined && { error }),
          ...(bytes > 0 && { bytes }),
          ...(!standard && execution.status !== "RUNNING" && { billed: expressBilling(execution) }),
        });
      },
      closed: () => {
        if (standard) this.executions.closed(execution);
        closed?.(execution);
      },
    });
    return execution;
  }

  /** Forgets all executions and task tokens, those that run too: the machines stay. */
  reset(): void {
    this.executions.clear();
    this.tokens.clear();
    this.activities.clear();
  }

  /** Forgets all closed executions: their histories cannot be read, and their names are free again. */
  forgetClosedExecutions(): void {
    this.executions.forgetClosed();
  }
}
