import {
  DescribeExecutionCommand,
  type HistoryEvent,
  paginateGetExecutionHistory,
  type SFNClient,
} from "@aws-sdk/client-sfn";
import type { Ending, StoryLine } from "@ovsc/shared/variant";
import { toldBy } from "./ends.ts";

/** The executions of one state machine, each named by its placement. */
export class Executions {
  readonly #stateMachineArn: string;
  readonly #client: SFNClient;

  constructor(stateMachineArn: string, client: SFNClient) {
    this.#stateMachineArn = stateMachineArn;
    this.#client = client;
  }

  async endingOf(placementId: string): Promise<Ending> {
    const id = this.#arnOf(placementId);
    const execution = await this.#client.send(new DescribeExecutionCommand({ executionArn: id }));
    const { status, output, error, cause } = execution;
    return {
      id,
      tells: toldBy(status!, error),
      status: status!,
      ...(output !== undefined && { output: JSON.parse(output) as unknown }),
      ...(error !== undefined && { error }),
      ...(cause !== undefined && { cause: causeIn(cause) }),
    };
  }

  /** The whole history of a placement's execution. */
  async historyOf(placementId: string): Promise<HistoryEvent[]> {
    const events: HistoryEvent[] = [];
    const input = { executionArn: this.#arnOf(placementId) };
    for await (const page of paginateGetExecutionHistory({ client: this.#client }, input))
      events.push(...(page.events ?? []));
    return events;
  }

  readonly #arnOf = (placementId: string): string =>
    `${this.#stateMachineArn.replace(":stateMachine:", ":execution:")}:${placementId}`;
}

/** A Task that fails uncaught gives what its function threw, as JSON text; a Fail state gives words. */
function causeIn(cause: string): string {
  try {
    return (JSON.parse(cause) as { errorMessage?: string }).errorMessage ?? cause;
  } catch {
    return cause;
  }
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
