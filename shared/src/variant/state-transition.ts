/**
 * True for the type of a history event that Step Functions bills as a state transition: a Task state counts each time
 * it is tried, any other when it is entered, and a redrive by itself.
 * https://aws.amazon.com/step-functions/pricing/ (2026-11-21): each state executed, retries included.
 * https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html (2026-11-21)
 */
export const isStateTransition = (type: string): boolean =>
  /^(Task|LambdaFunction|Activity)Scheduled$/.test(type) ||
  type === "ExecutionRedriven" ||
  (type.endsWith("StateEntered") && type !== "TaskStateEntered");
