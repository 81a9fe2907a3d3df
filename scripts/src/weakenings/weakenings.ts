import { ledgers } from "./ledgers.ts";
import { undo } from "./undo.ts";
import type { Weakening } from "./weakening.ts";

/** Every line of defence that can be taken away by name. */
export const weakenings: readonly Weakening[] = [...ledgers, ...undo];
