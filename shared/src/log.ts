/**
 * One JSON line to the function's log. `fields` say whose saga it is (correlationId) and what led here (causationId).
 */
export function log(
  level: "info" | "warn" | "error",
  message: string,
  fields: Readonly<Record<string, unknown>>,
): void {
  console[level](JSON.stringify({ level, message, ...fields }));
}
