/** What a callback is named by: its operation, in its execution. AWS does not say how it makes its own. */
export const callbackIdOf = (executionArn: string, operationId: string): string =>
  Buffer.from(`${executionArn}#${operationId}`).toString("base64");

/** @returns what a callback's id names; of a text that is none, what nothing is named by */
export function namedBy(callbackId: string): { readonly executionArn: string; readonly operationId: string } {
  const [executionArn = "", operationId = ""] = Buffer.from(callbackId, "base64").toString().split("#");
  return { executionArn, operationId };
}
