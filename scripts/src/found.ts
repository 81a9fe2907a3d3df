// What commands leave in `out/`, for whoever reads it there.
export { type CostReport, costFile } from "./bill/cost-report.ts";
export { ownPrices, pricesIn, readPrices } from "./bill/prices.ts";
export { type DecisionFile, decisionFile } from "./decision/decide.ts";
export { spanText } from "./decision/span.ts";
export type { RunResults } from "./judgement/results.ts";
export { metrics, total } from "./page/scores/metrics.ts";
