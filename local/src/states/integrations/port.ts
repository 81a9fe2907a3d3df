import type { Clock } from "../../clock.ts";
import type { ServiceDescriptor } from "../../descriptor.ts";
import { AwsError, UnknownFeature } from "../../errors.ts";
import { awsFailure } from "../../faults/aws-failure.ts";
import { nameOf, type Faults } from "../../faults/faults.ts";
import type { History } from "../../history.ts";
import type { Api } from "../../service.ts";
import { isObject } from "../data/json.ts";
import type { JsonObject } from "../data/json.ts";
import { invalidDefinition } from "../definition/invalid-definition.ts";
import { RuntimeFault, StateFailure } from "../failure.ts";
import type { Activities } from "../task/activities.ts";
import type { PreparedTask, TaskAnswer, TaskPort, TaskRequest, TaskResource } from "../task/port.ts";
import type { TaskTokens } from "../task/tokens.ts";
import { awsSdkIntegration } from "./aws-sdk.ts";
import { callerOf } from "./integration.ts";
import type { Integration, ServiceResource } from "./integration.ts";
import { lambdaDirect } from "./lambda.ts";
import { syncOutput } from "./start-execution.ts";
import { calledBack } from "./task-integrations.ts";

/** What tasks need of the cloud. */
export interface CloudTasksOptions {
  readonly api: Api;
  readonly services: readonly ServiceDescriptor[];
  readonly clock: Clock;
  readonly history: History;
  readonly faults: Faults;
  readonly uuid: () => string;
  readonly tokens: TaskTokens;
  readonly activities: Activities;
  /** Calls back with the answer of DescribeExecution when an execution is closed, at once if it is. */
  readonly whenClosed: (executionArn: string, closed: (description: JsonObject) => void) => void;
}

/** Runs tasks on the services of the cloud, as the machine's role. */
export class CloudTasks implements TaskPort {
  readonly #options: CloudTasksOptions;

  constructor(options: CloudTasksOptions) {
    this.#options = options;
  }

  prepare(resource: TaskResource, parameters: readonly string[] | undefined, where: string): PreparedTask {
    if (resource.kind === "activity") {
      const { activities } = this.#options;
      return {
        start: (request, answer) => activities.schedule(request, answer),
        check: () => activities.check(resource.arn),
      };
    }
    const integration = resource.kind === "lambda" ? lambdaDirect(resource.arn) : this.#integrationOf(resource);
    if (!integration) throw new UnknownFeature(`the task resource ${resource.arn}`, where);
    for (const name of parameters ?? []) {
      if (integration.parameters?.includes(name) ?? true) continue;
      throw invalidDefinition(`The field '${name}' is not supported by Step Functions`, `${where}/Parameters`);
    }
    const pattern = resource.kind === "service" ? resource.pattern : "requestResponse";
    return {
      start: (request, answer) => this.#start(integration, pattern, request, answer),
      ...(resource.kind === "service" && { check: (input) => checkParameters(integration, input) }),
    };
  }

  #start(
    integration: Integration,
    pattern: ServiceResource["pattern"],
    request: TaskRequest,
    answer: TaskAnswer,
  ): () => void {
    const { clock, tokens, uuid } = this.#options;
    const { taskToken } = request;
    if (taskToken !== undefined) tokens.open(taskToken, answer);
    const settle = (accept: () => void): void => {
      try {
        accept();
      } catch (error) {
        if (error instanceof StateFailure) answer.failed(error.error, error.cause);
        else if (error instanceof AwsError) {
          const failure = integration.error(error, uuid());
          answer.failed(failure.error, failure.cause);
        } else answer.crashed(error);
      }
    };
    settle(() => {
      this.#call(request, integration).then(
        (raw) =>
          settle(() => {
            const output = integration.output(raw, { requestId: uuid(), nowMs: clock.nowMs });
            if (pattern === "requestResponse") return answer.succeeded(output);
            answer.submitted(output);
            if (pattern !== "waitForTaskToken") this.#awaitExecution(raw, pattern, answer, settle);
          }),
        (error: unknown) =>
          settle(() => {
            throw error;
          }),
      );
    });
    return () => {
      if (taskToken !== undefined) tokens.close(taskToken);
    };
  }

  /** Makes the call of a task, unless a fault strikes it. */
  #call(request: TaskRequest, integration: Integration): Promise<unknown> {
    const { api, clock, faults, history } = this.#options;
    const caller = callerOf(request);
    const { service, operation } = integration;
    const input = integration.input(request);
    const { arn: execution, correlationId, stateMachine } = request.execution;
    const call = { service, operation, input, execution, correlationId, stateMachine: stateMachine.Name };
    const fault = faults.onTaskCall?.({ ...call, atMs: clock.nowMs });
    if (!fault) return api(caller, service, operation, input);
    const where = `${stateMachine.Name}, ${service} ${operation}`;
    history.record(caller.trace, { type: "Fault", fault: nameOf(fault), where, call: { service, operation, input } });
    return Promise.reject(awsFailure(fault.fail, call));
  }

  #awaitExecution(started: unknown, pattern: string, answer: TaskAnswer, settle: (accept: () => void) => void): void {
    this.#options.whenClosed((started as { executionArn: string }).executionArn, (description) => {
      settle(() => answer.succeeded(syncOutput(description, pattern === "sync:2")));
    });
  }

  #integrationOf({ service: called, action, pattern }: ServiceResource): Integration | undefined {
    const { services } = this.#options;
    const sdkId = called.startsWith("aws-sdk:") ? called.slice("aws-sdk:".length) : undefined;
    if (sdkId !== undefined) {
      const found = services.find(({ tasks }) => tasks?.sdk?.id === sdkId);
      return found && calledBack.includes(pattern)
        ? awsSdkIntegration(found.name, found.tasks!.sdk!, action)
        : undefined;
    }
    const optimized = services.find(({ name }) => name === called)?.tasks?.optimized ?? {};
    if (!Object.hasOwn(optimized, action)) return undefined;
    const [integration, patterns] = optimized[action]!;
    return patterns.includes(pattern) ? integration : undefined;
  }
}

/** @throws RuntimeFault in AWS's words for parameters that are no request of the service */
function checkParameters(integration: Integration, input: unknown): void {
  const reasons = isObject(input)
    ? (integration.unfit?.(input) ?? []).map((field) => `The value of the field '${field}' has an invalid format`)
    : ["The value must be an object"];
  if (reasons.length === 0) return;
  const shown = `The Parameters '${JSON.stringify(input)}' could not be used to start the Task`;
  throw new RuntimeFault(`${shown}: [${reasons.join(", ")}]`);
}
