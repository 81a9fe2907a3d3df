import {
  InvalidToken,
  SendTaskSuccessCommand,
  type SFNClient,
  TaskDoesNotExist,
  TaskTimedOut,
} from "@aws-sdk/client-sfn";

/** Says to the execution that waits under a task token that it is time to look. It says nothing of what was decided. */
export const answer =
  (client: SFNClient) =>
  async (_placed: unknown, _approval: unknown, taskToken: string | undefined): Promise<void> => {
    // An execution that waits for nothing yet looks before it waits.
    if (taskToken === undefined) return;
    try {
      await client.send(new SendTaskSuccessCommand({ taskToken, output: "{}" }));
    } catch (error) {
      // It was told before, or waited no longer.
      if (![TaskTimedOut, TaskDoesNotExist, InvalidToken].some((each) => error instanceof each)) throw error;
    }
  };
