import { AwsError } from "../../errors.ts";
import type { TaskAnswer } from "./port.ts";

/** How many tokens of finished tasks are remembered, to tell them from tokens that never were. */
const rememberedTokens = 100_000;

/**
 * Tasks that wait for SendTaskSuccess, SendTaskFailure or SendTaskHeartbeat.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskSuccess.html
 */
export class TaskTokens {
  readonly #open = new Map<string, TaskAnswer>();
  readonly #closed = new Set<string>();

  open(token: string, answer: TaskAnswer): void {
    this.#open.set(token, answer);
  }

  close(token: string): void {
    if (!this.#open.delete(token)) return;
    this.#closed.add(token);
    if (this.#closed.size > rememberedTokens) this.#closed.delete(this.#closed.values().next().value!);
  }

  clear(): void {
    this.#open.clear();
    this.#closed.clear();
  }

  /** @throws AwsError InvalidToken or TaskTimedOut */
  of(token: unknown): TaskAnswer {
    const answer = typeof token === "string" ? this.#open.get(token) : undefined;
    if (answer) return answer;
    if (typeof token === "string" && this.#closed.has(token)) {
      throw new AwsError("TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'");
    }
    throw new AwsError("InvalidToken", "Invalid Token: 'Invalid token'");
  }
}
