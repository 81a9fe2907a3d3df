import type { Happening } from "@ovsc/local";
import type { Lived, Story } from "@ovsc/scripts/lived";
import type { OwnRun } from "../progress/own-run.ts";

/** One story of orders, as it went in one variant of the learner's copy. */
export interface Seen extends Lived {
  readonly variant: string;
  readonly story: LabStory;
  /** Everything that happened in the embedded cloud, in order. */
  readonly happenings: readonly Happening[];
}

/** What must hold of every story. */
export interface Claim {
  /** The task that it belongs to. */
  readonly task: string;
  /** @returns what is seen instead, as a sentence about orders; nothing where all is well */
  readonly broken: (seen: Seen) => string | undefined;
}

/** A known wrong answer, told by what it does to orders, or by what it says. */
export interface Misconception<Of = Seen> {
  /** As its patch in `wrong/` is called. */
  readonly name: string;
  /** What the learner may have thought, and where to look. It does not say what to write. */
  readonly hint: string;
  readonly shows: (of: Of) => boolean;
  /** Whether it also shows where orders never come to rest. */
  readonly keepsGoing?: true;
}

/** What must be there beside the code, such as a report. */
export interface Look {
  readonly task: string;
  /** @param copy folder of the learner's workspace @returns what is missing, and nothing where all is there */
  readonly broken: (copy: string) => string | undefined;
  /** Wrong answers that a look tells, not a story. The first that shows is told with what is missing. */
  readonly misconceptions?: readonly Misconception<string>[];
}

/** A word, a count, or a figure that may be off by so large a share of it. */
export type Answer = string | number | { readonly about: number; readonly within: number };

/** A story of a lab. */
export interface LabStory extends Story {
  /** Whether it strikes what one style alone has, so that the two end otherwise. */
  readonly mayDiffer?: true;
  /** Whether its orders begin on the project as it is, and the copy is deployed while they are under way. */
  readonly isInFlight?: true;
  /**
   * The line of defence that its stack lacks until the order has failed. Then the copy is deployed, and an operator
   * comes: see `liveMended`. It is lived in the order in which things come by themselves alone.
   */
  readonly mends?: string;
}

/** What really happened, as a sentence; where it asks for it, from the learner's first comparison in the lab. */
export type Truth = (ran: () => OwnRun, copy: string) => string;

/** What a lab asks of the learner's copy: `check.ts` in its folder. */
export interface Check {
  readonly looks?: readonly Look[];
  /** What is lived through in each variant, in order and by each seed. */
  readonly stories: readonly LabStory[];
  /** The first that is broken is told. */
  readonly claims: readonly Claim[];
  /** What is told of a story that is right, once they all are: a sentence about its orders. */
  readonly tells?: (seen: Seen) => string | undefined;
  /** The first that shows is told with it. */
  readonly misconceptions: readonly Misconception[];
  /** What became of each prediction of `lab.json`, by its name: it is shown beside it in the end. */
  readonly truths?: Readonly<Record<string, Truth>>;
  /** The right answer to each question of `lab.json`, by its name; where it asks for it, from the learner's own run. */
  readonly answers?: Readonly<Record<string, (run: () => OwnRun, copy: string) => Answer>>;
  /** The right answer to those that the stories themselves answer, as they went in the copy: from the one that does. */
  readonly shows?: Readonly<Record<string, (seen: Seen) => string | undefined>>;
}
