import * as z from "zod";

/** Something that a learner does and the check looks at: its hints stand under its name in `hints.md`. */
const Task = z.strictObject({
  name: z.string().regex(/^[a-z][a-z-]*$/),
  /** What, and not how: one sentence. */
  what: z.string().min(1),
});

/** `lab.json`: what a lab is, as far as it is no text and no code. */
export const LabFile = z.strictObject({
  title: z.string().min(1),
  minutes: z.int().min(1),
  /** The variants that it is about, where it is not about the two styles. */
  variants: z.array(z.string()).min(1).optional(),
  /** The files that its reference change is in, from the root of the copy. */
  edits: z.array(z.string()),
  /** Whether the project lacks what it builds. Otherwise it takes away what the project has. */
  adds: z.boolean(),
  /** How many seeds the first verdict looks at, and how many in all. */
  seeds: z.strictObject({ first: z.int().min(0), all: z.int().min(0) }),
  tasks: z.array(Task),
  /** What is asked before the run. The answer is kept and shown back, and never graded. */
  predict: z.array(z.strictObject({ name: z.string(), question: z.string() })),
  /** What is asked after it, of the learner's own run: see `answers` in `check.ts`. */
  questions: z.array(z.strictObject({ name: z.string(), question: z.string() })),
  /** What the check says of the start, in part: why it fails. */
  startFails: z.string().optional(),
  /** Lines of defence of the project without which a solution must fail its check. */
  weakenings: z.array(z.string()),
});
export type LabFile = z.infer<typeof LabFile>;

export interface Lab extends LabFile {
  /** `02-compensation`: the name of its folder. */
  readonly slug: string;
  /** `02` */
  readonly number: string;
  /** Its folder. */
  readonly folder: string;
  /** The file of its patch there. */
  readonly patch: string;
  /** Of a planted bug: the style that it is planted in. It knows nothing of the labs. */
  readonly bug?: { readonly number: string; readonly style: string };
}
