/**
 * True for the type of a history event that Step Functions bills as a state transition: a Task state counts each time
 * it is tried, any other when it is entered.
 * https://aws.amazon.com/step-functions/pricing/ (2026-11-21): each state executed, retries included.
 */
export const isStateTransition = (type: string): boolean =>
  type === "TaskScheduled" || (type.endsWith("StateEntered") && type !== "TaskStateEntered");
