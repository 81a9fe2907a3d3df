export { alarmOnExecutions, approverOf, grantSweeping, sagaMachine, sweepsBy } from "./saga-machine.ts";
export { retryOf } from "./task.ts";
