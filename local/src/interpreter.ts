/** The interpreter of state machines without a cloud round it, for whoever measures it. */
export { VirtualClock } from "./clock.ts";
export { compile } from "./states/definition/compile.ts";
export { renderEvent } from "./states/execution/execution-event.ts";
export { Execution } from "./states/execution/execution.ts";
export type { TaskPort } from "./states/task/port.ts";
