export type { About, Agenda, Conductor } from "./agenda.ts";
export { AssemblyRefused } from "./assembly/refused.ts";
export { inOrder, seeded, type Choices } from "./choices.ts";
export { openCloud, type ClientConfig, type Cloud, type CloudOptions, type RoleSession } from "./cloud.ts";
export { UnknownFeature } from "./errors.ts";
export type {
  AwsCall,
  AwsCallFault,
  DeliveryAttempt,
  DeliveryFault,
  Faults,
  InvocationFault,
  InvocationTry,
  QueuedInvocation,
  QueueFault,
} from "./faults/faults.ts";
export type { Happening, HappeningDetails } from "./history.ts";
export type { Door } from "./wire/direct.ts";
export { SupervisedThread, type SupervisedData } from "./supervised-thread.ts";
export { Watch, type Supervision } from "./watch.ts";
