import {
  CallbackTimeoutException,
  type LambdaClient,
  SendDurableExecutionCallbackSuccessCommand,
} from "@aws-sdk/client-lambda";

/** Says to the execution that waits for a callback that it is time to look. It says nothing of what was decided. */
export const answer =
  (client: LambdaClient) =>
  async (_placed: unknown, _approval: unknown, callbackId: string | undefined): Promise<void> => {
    // An execution that waits for nothing yet looks before it waits.
    if (callbackId === undefined) return;
    try {
      await client.send(new SendDurableExecutionCallbackSuccessCommand({ CallbackId: callbackId }));
    } catch (error) {
      // It was told before, or waited no longer.
      if (!(error instanceof CallbackTimeoutException)) throw error;
    }
  };
