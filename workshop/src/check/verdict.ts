import type { Lab } from "../lab/lab.ts";
import type { Judged } from "./ask.ts";

/** The first thing that is wrong with a copy, or that nothing is. */
export type Verdict =
  | {
      readonly kind: "passed";
      readonly stories: number;
      readonly told: readonly string[];
      /** The right answers that stories showed, by the names of the questions. */
      readonly shown: Readonly<Record<string, string>>;
    }
  | { readonly kind: "no code"; readonly error: string }
  | Missing
  | { readonly kind: "broken"; readonly first: Judged & Required<Pick<Judged, "broken">> }
  | { readonly kind: "not run"; readonly variant: string; readonly why: string };

/** What must be there beside the code, and is not. */
export interface Missing {
  readonly kind: "missing";
  readonly task: string;
  readonly what: string;
  /** The known wrong answer that it looks like. */
  readonly misconception?: { readonly name: string; readonly hint: string };
}

export interface CopyOptions {
  readonly lab: Lab;
  /** Folder of the copy. */
  readonly copy: string;
  readonly seeds: number;
  readonly signal?: AbortSignal;
}

/** What the stories came to: nothing broken, the first that is, or why they could not be lived. */
export type Ran = Extract<Verdict, { kind: "passed" | "broken" | "not run" }>;
