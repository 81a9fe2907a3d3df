import { generations } from "./generations.ts";
import { ledgers } from "./ledgers.ts";
import { news } from "./news.ts";
import { patience } from "./patience.ts";
import { row } from "./row.ts";
import { sweeping } from "./sweeping.ts";
import { undo } from "./undo.ts";
import type { Weakening } from "./weakening.ts";

/** Every line of defence that can be taken away by name. */
export const weakenings: readonly Weakening[] = [
  ...ledgers,
  ...generations,
  ...row,
  ...undo,
  ...news,
  ...patience,
  ...sweeping,
];
