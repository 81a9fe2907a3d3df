import { steps } from "../steps/index.ts";

/** Mermaid nodes that say what each compensation undoes: RefundPayment also voids a shipment whose answer was lost. */
export const undoLabels: readonly string[] = Object.values(steps).flatMap(({ name, undoes = [] }) =>
  undoes.length > 0 ? [`  ${name}["${name}<br/>undoes ${undoes.join(", ")}"]`] : [],
);
