import type { Batch, Outcome } from "@ovsc/scripts/lived";

/** What labs ask of one variant of a copy. */
export interface Asked {
  /** URL of the `check.ts` of each lab. What several of them ask for is lived through once. */
  readonly checks: readonly string[];
  readonly variant: string;
  /** How many seeds beside the order in which things come by themselves. */
  readonly seeds: number;
  /** The line of defence that is taken out of its template, by its name. */
  readonly without?: string;
}

/** A claim that does not hold. */
export interface Broken {
  readonly task: string;
  readonly seen: string;
  /** The hint of the known wrong answer that it looks like. */
  readonly misconception?: { readonly name: string; readonly hint: string };
}

/** One story under one seed, judged in one variant. */
export interface Judged {
  /** Index of the lab's check. */
  readonly lab: number;
  readonly variant: string;
  /** Index of the story. */
  readonly story: number;
  readonly batch: Batch;
  /** 0 for things in the order that they come. */
  readonly seed: number;
  /** Nothing where its orders never came to rest. */
  readonly outcome?: Outcome;
  readonly mayDiffer: boolean;
  readonly broken?: Broken;
  /** What is told of it, in the order in which things come by themselves. */
  readonly told?: string;
  /** The questions that it answers, by their names. */
  readonly shown: Readonly<Record<string, string>>;
}

/** What a thread is given: what is asked, and of which copy. */
export interface Job {
  readonly asked: Asked;
  /** Folder of the copy. */
  readonly copy: string;
  /** How many stories decide it: a number that may shrink meanwhile. */
  readonly limit: Int32Array;
  /** Of all that the variant is made of. What was lived of the very same is not lived again. */
  readonly source: string;
}

/**
 * What a thread tells: each story judged, then that it is done; or what ended it, such as a story that never ends by
 * itself.
 */
export type Told =
  | { readonly judged: Judged }
  | { readonly endless: Judged }
  | { readonly done: true }
  | { readonly error: string };
