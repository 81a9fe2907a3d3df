import type { Terms } from "../bill/bill.ts";
import { runSaga, type SagaRun } from "./run-saga.ts";
import { type SagaShape, type Style, styles } from "./saga-shape.ts";
import type { SweptSize } from "./sweep-report.ts";

/** Runs sagas of growing size in both styles. */
export async function sweep(shapes: readonly SagaShape[], prices: Terms["prices"]): Promise<readonly SweptSize[]> {
  const sizes: SweptSize[] = [];
  for (const shape of shapes) {
    const runs = [];
    for (const style of styles) runs.push([style, await runSaga(style, shape, prices)] as const);
    sizes.push({ ...shape, styles: Object.fromEntries(runs) as Record<Style, SagaRun> });
  }
  return sizes;
}
