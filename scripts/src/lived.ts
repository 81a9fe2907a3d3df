// What the workshop runs and judges with. It loads the variants and the embedded cloud.
export { Reading } from "./bill/reading.ts";
export { synthesizeThin } from "./clouds/synthesize.ts";
export { lawUnderFaults } from "./faults/law.ts";
export { type Finding, judge } from "./judgement/judge.ts";
export type { RunResults } from "./judgement/results.ts";
export type { Batch, Outcome } from "./orders/batch.ts";
export type { RunLine } from "./runs/log/run-line.ts";
export { pair, variantNamed } from "./variants.ts";
export { type Lived, Stage } from "./weakenings/stage.ts";
export type { Story } from "./weakenings/weakening.ts";
