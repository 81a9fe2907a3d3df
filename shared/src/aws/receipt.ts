import { createHash } from "node:crypto";

/** An id that is the same on every retry, since it is made of the idempotency key: `RES-1A2B3C4D5E6F`. */
export function receipt(prefix: string, idempotencyKey: string): string {
  const digest = createHash("sha256").update(idempotencyKey).digest("hex");
  return `${prefix}-${digest.slice(0, 12).toUpperCase()}`;
}
