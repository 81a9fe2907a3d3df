export { again } from "./again.ts";
export { refuseAboveLimit } from "./at-the-door.ts";
export { type Decided, decideBy } from "./decide.ts";
export { deadLettersOn } from "./dead-letters.ts";
export { dependencies, type Dependency } from "./dependencies.ts";
export type { Difference, FaultClass } from "./difference.ts";
export type { Flow, FlowEdge, FlowNode, Sighting, Written } from "./flow.ts";
export type { Incident, Remedy } from "./remedy.ts";
export { isOver } from "./is-over.ts";
export { isStateTransition } from "./state-transition.ts";
export { type StepLog, stepLog } from "./step-log.ts";
export { repair } from "./repair.ts";
export { settling } from "./settling.ts";
export { renderStory, storyInLogs, type StoryLine } from "./story.ts";
export { grantsOf, resourcesOf, type Statement, stepsIn, type Template, textOf } from "./template.ts";
export type {
  BusEvent,
  ClientConfig,
  CloudDifference,
  Coordination,
  Credentials,
  DeployedStack,
  Ending,
  ExecutionRecord,
  MakeClient,
  Usage,
  Variant,
} from "./variant.ts";
