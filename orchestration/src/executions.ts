import { type HistoryEvent, paginateGetExecutionHistory, type SFNClient } from "@aws-sdk/client-sfn";
import type { Ending, ExecutionRecord, StoryLine } from "@ovsc/shared/variant";
import { toldBy } from "./ends.ts";
import { type LatestExecution, latestExecution, type NumberedExecutions } from "./latest-execution.ts";
import { stateMachine } from "./state-machine.ts";

/** The executions of one state machine, each named by its placement: see `nameOf`. */
export class Executions {
  readonly numbered: NumberedExecutions;
  readonly #stateMachineArn: string;
  readonly #client: SFNClient;

  constructor(stateMachineArn: string, client: SFNClient) {
    this.#stateMachineArn = stateMachineArn;
    this.#client = client;
    this.numbered = stateMachine(client, stateMachineArn);
  }

  async endingOf(placementId: string): Promise<Ending> {
    const { arn: id, status, output, error, cause } = await this.#latestOf(placementId);
    return {
      id,
      tells: toldBy(status, error),
      status,
      ...(output !== undefined && { output: JSON.parse(output) as unknown }),
      ...(error !== undefined && { error }),
      ...(cause !== undefined && { cause: causeIn(cause) }),
    };
  }

  /** The whole history of the last execution of a placement. */
  async historyOf(placementId: string): Promise<HistoryEvent[]> {
    return this.#eventsOf((await this.#latestOf(placementId)).arn);
  }

  /** The same, without what its states were given and gave. */
  async recordOf(placementId: string): Promise<ExecutionRecord> {
    const { arn } = await this.#latestOf(placementId);
    const events = (await this.#eventsOf(arn)).map(recorded);
    return { arn, stateMachine: this.#stateMachineArn.split(":").at(-1)!, events };
  }

  async #eventsOf(executionArn: string): Promise<HistoryEvent[]> {
    const events: HistoryEvent[] = [];
    for await (const page of paginateGetExecutionHistory({ client: this.#client }, { executionArn }))
      events.push(...(page.events ?? []));
    return events;
  }

  async #latestOf(placementId: string): Promise<LatestExecution> {
    const latest = await latestExecution(this.numbered, placementId);
    if (!latest) throw new Error(`no execution was started for placement ${placementId}`);
    return latest;
  }
}

/** A Task that fails uncaught gives what its function threw, as JSON text; a Fail state gives words. */
function causeIn(cause: string): string {
  try {
    return (JSON.parse(cause) as { errorMessage?: string }).errorMessage ?? cause;
  } catch {
    return cause;
  }
}

function recorded({
  id,
  previousEventId,
  timestamp,
  type,
  ...details
}: HistoryEvent): ExecutionRecord["events"][number] {
  const { name: state } = details.stateEnteredEventDetails ?? details.stateExitedEventDetails ?? {};
  const { error } =
    details.taskFailedEventDetails ??
    details.taskTimedOutEventDetails ??
    details.executionFailedEventDetails ??
    details.executionTimedOutEventDetails ??
    details.executionAbortedEventDetails ??
    {};
  return {
    id: id!,
    previousId: previousEventId ?? 0,
    atMs: timestamp!.getTime(),
    type: type!,
    ...(state !== undefined && { state }),
    ...(error !== undefined && { error }),
  };
}

/** One line for each state entered, each further try and each failure. */
export function pathOf(events: readonly HistoryEvent[]): StoryLine[] {
  let tries = 0;
  return events.flatMap(({ timestamp, type, ...event }) => {
    const line = (text: string) => [{ atMs: timestamp!.getTime(), text }];
    const failure = event.taskFailedEventDetails ?? event.taskTimedOutEventDetails;
    if (failure) return line(`  failed: ${failure.error ?? "no error name"}`);
    if (type === "TaskScheduled") {
      tries += 1;
      return tries > 1 ? line(`  try ${tries}`) : [];
    }
    if (!event.stateEnteredEventDetails) return [];
    tries = 0;
    return line(event.stateEnteredEventDetails.name!);
  });
}
