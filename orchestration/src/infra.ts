export { alarmOnExecutions, approverOf, grantStartingNext, sagaMachine, sweepsBy } from "./saga-machine.ts";
export { retryOf } from "./task.ts";
