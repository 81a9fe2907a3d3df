import type { PlacementEnd } from "@ovsc/shared";
import type { Operation } from "rfc6902";
import type { Remedying } from "../drills/bring-home.ts";
import type { FaultPlan } from "../faults/plan.ts";

/**
 * One line of defence, taken away. The shipped code has no switch for it: the source is patched while the handlers are
 * bundled, and the template once it is synthesized.
 */
export interface Weakening {
  /** What is taken away, in the words of the command line. */
  readonly name: string;
  /** What the line of defence is for, as a sentence about orders. */
  readonly defence: string;
  /** What takes it away, by the name of each variant in which its story is told: those of the pair that have it. */
  readonly in: Readonly<Record<string, readonly Patch[]>>;
  /** The shortest story in which it is missed. */
  readonly story: Story;
  /** What the judgement then says, among other things. */
  readonly finding: string;
  /** By its name, for a variant that has it and bears its absence: why no order comes to harm. */
  readonly borne?: Readonly<Record<string, string>>;
  /** By its name, for a variant in which it takes another story, or comes to something else. */
  readonly otherwise?: Readonly<Record<string, Partial<Damage>>>;
}

/** A story, and what the judgement says of it. */
export type Damage = Pick<Weakening, "story" | "finding">;

/** What a line of defence is missed for in one variant. */
export const damageIn = ({ story, finding, otherwise }: Weakening, variant: string): Damage => ({
  story,
  finding,
  ...otherwise?.[variant],
});

export type Patch = SourcePatch | TemplatePatch;

/** The text of a source file that is bundled. It must be there exactly once. */
export interface SourcePatch {
  /** From the root of the repository. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/**
 * A JSON Patch of the variant's template, in which each state machine's definition is JSON and not text. A `test` says
 * what must be there, so that the patch fails when the stack has changed.
 * https://www.rfc-editor.org/rfc/rfc6902 (2026-11-21)
 */
export interface TemplatePatch {
  readonly template: readonly Operation[];
}

/** What befalls the orders of a scenario. On the shipped build every fault of it fires, and nothing is wrong. */
export interface Story {
  readonly scenario: string;
  readonly faults?: FaultPlan;
  /** Of the order in which things happen that are due together; as they came, if not given. */
  readonly seed?: number;
  /** Whether the seed also has events delivered twice. */
  readonly duplicates?: boolean;
  /**
   * Off if not given, so that an order which rests is seen. `idle`: on, and must have nothing to do. `acts`: on, and
   * brings the orders to their ends.
   */
  readonly sweeper?: "idle" | "acts";
  /** How the orders end on the shipped build, where it is not as the scenario says. */
  readonly ends?: readonly PlacementEnd[];
  /** Who answers, by the name of an approval scenario: the order is above the limit, and its stack has one. */
  readonly approval?: string;
  /** What an operator does once all is quiet, where the variant has that remedy. */
  readonly remedying?: Remedying;
}
