import { hash } from "node:crypto";
import type { Clock } from "../../clock.ts";
import { AwsError } from "../../errors.ts";

/** How long a token stands for its request: …/APIReference/API_TransactWriteItems.html, 2026-11-21 */
const rememberedMs = 10 * 60_000;

/** The ClientRequestTokens of the last ten minutes, which make a transaction idempotent. */
export class RequestTokens {
  readonly #clock: Clock;
  readonly #remembered = new Map<string, { digest: string; untilMs: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Whether the same request was completed under this token.
   * @throws AwsError IdempotentParameterMismatchException if another one was
   */
  repeats(token: string, request: unknown): boolean {
    this.#forget();
    const remembered = this.#remembered.get(token);
    if (!remembered) return false;
    if (remembered.digest === digest(request)) return true;
    throw new AwsError(
      "IdempotentParameterMismatchException",
      "Request with the same client token has different parameters, please use a different token",
    );
  }

  remember(token: string, request: unknown): void {
    this.#remembered.set(token, { digest: digest(request), untilMs: this.#clock.nowMs + rememberedMs });
  }

  clear(): void {
    this.#remembered.clear();
  }

  /** A Map keeps the order of insertion, so the oldest come first. */
  #forget(): void {
    for (const [token, { untilMs }] of this.#remembered) {
      if (untilMs > this.#clock.nowMs) return;
      this.#remembered.delete(token);
    }
  }
}

/** A request that is too deep for `JSON.stringify` fails, so that none is ever remembered. */
function digest(request: unknown): string {
  try {
    return hash("sha256", JSON.stringify(request), "base64");
  } catch (error) {
    if (error instanceof RangeError) return "too deep";
    throw error;
  }
}
