export const styles = ["choreographed", "orchestrated"] as const;
export type Style = (typeof styles)[number];

/** How large a generated saga is. */
export interface SagaShape {
  readonly steps: number;
  /** How many of its steps, counted from the last, may refuse. */
  readonly errorPaths: number;
}

/** An order of a generated saga: which step refuses it; none where all goes well. */
export interface GeneratedOrder {
  readonly orderId: string;
  readonly refusesAt?: string;
}

/** What is undone, in a caption's words; both styles are generated with it. */
export const undoPolicy =
  "a refusal undoes the steps before it, in reverse order, one after the other; the first step has nothing to undo";

export const stepsOf = ({ steps }: SagaShape): readonly string[] =>
  Array.from({ length: steps }, (_, index) => `Step${index + 1}`);

export const undoOf = (step: string): string => `Undo${step}`;

/** The steps that may refuse: the last ones, as many as there are error paths. */
export const refusingOf = (shape: SagaShape): readonly string[] => stepsOf(shape).slice(shape.steps - shape.errorPaths);

/** @returns the step before; nothing for the first */
export const beforeOf = (shape: SagaShape, step: string): string | undefined =>
  stepsOf(shape)[stepsOf(shape).indexOf(step) - 1];

/** The steps whose undo some refusal asks for: all before the last that may refuse. */
export const undoneIn = (shape: SagaShape): readonly string[] =>
  shape.errorPaths === 0 ? [] : stepsOf(shape).slice(0, -1);
