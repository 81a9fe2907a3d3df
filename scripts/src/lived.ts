// What the workshop runs and judges with. It loads the variants and the embedded cloud.
export { Reading } from "./bill/reading.ts";
export { synthesizeThin } from "./clouds/synthesize.ts";
export { lawUnderFaults } from "./faults/law.ts";
export { type Finding, judge } from "./judgement/judge.ts";
export type { RunResults } from "./judgement/results.ts";
export { approvalScenarios } from "./orders/approval-scenarios.ts";
export type { Batch, Outcome } from "./orders/batch.ts";
export { aboutOrder } from "./runs/log/about-order.ts";
export type { RunLine } from "./runs/log/run-line.ts";
export { approvalAboveCents } from "./runs/approvers.ts";
export { askingAfter } from "./story/asking.ts";
export type { Story as ToldStory } from "./story/story.ts";
export { tellStory } from "./story/tell-story.ts";
export { knownIn, wrongAnswers } from "./story/whereabouts.ts";
export { pair, variantNamed } from "./variants.ts";
export { type Lived, Stage } from "./weakenings/stage.ts";
export type { Story } from "./weakenings/weakening.ts";
