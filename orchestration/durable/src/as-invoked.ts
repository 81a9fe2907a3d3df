import type { TaskPayload, TaskResult } from "@ovsc/orchestration/as-task";
import { type Reason, Refusal } from "@ovsc/shared";

/** What a step's function answers the workflow: how far the order came, or a refusal, which no further try changes. */
export type Answer = { readonly reached: TaskResult } | { readonly refused: Reason };

/**
 * A step as a workflow invokes it. The SDK of durable functions (2.4.0) tells of a function that failed its message and
 * not its name: so a refusal is an answer, and what is worth another try is thrown with its name in the message.
 */
export const asInvoked =
  (task: (payload: TaskPayload) => Promise<TaskResult>) =>
  async (payload: TaskPayload): Promise<Answer> => {
    try {
      return { reached: await task(payload) };
    } catch (error) {
      const { name, message } = error as Error;
      const reason = { error: name, message };
      if (error instanceof Refusal) return { refused: reason };
      throw new Error(JSON.stringify(reason), { cause: error });
    }
  };

/** What a step failed for, as its function threw it; where Lambda ended the function, in Lambda's words alone. */
export function reasonIn({ message }: Error): Reason {
  try {
    return JSON.parse(message) as Reason;
  } catch {
    return { error: "InvokeError", message };
  }
}
