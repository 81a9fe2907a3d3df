/** Exit codes of every command; the last is what a shell gives a program that Ctrl-C ended. */
export const exit = { valid: 0, invalid: 1, usage: 2, unknown: 3, environment: 4, interrupted: 130 } as const;

/** An error for the person at the keyboard: what, where, why, and the command to try next. */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly exitCode: number;

  constructor(message: string, { exitCode, next, cause }: { exitCode: number; next?: string; cause?: unknown }) {
    super(next ? `${message}\nnext: ${next}` : message, { cause });
    this.exitCode = exitCode;
  }
}
