import type { Section } from "../section.ts";
import { changeFootprint } from "./cost/footprint.ts";
import { growth } from "./cost/growth.ts";
import { prices } from "./cost/prices.ts";
import { decision } from "./decision/decision.ts";
import { failureMatrix } from "./faults/failures.ts";
import { outageCurves } from "./faults/outages.ts";
import { flows } from "./flows.ts";
import { glossary } from "./glossary.ts";
import { limitations } from "./limits.ts";
import { operating } from "./operating.ts";
import { spaceTime } from "./orders/pairs.ts";
import { timeline } from "./orders/timeline.ts";
import { where } from "./orders/where.ts";
import { scoreboard } from "./scoreboard.ts";
import { verdict } from "./verdict.ts";

/** The page from top to bottom: what decides comes first. */
export const sections: readonly Section[] = [
  verdict,
  decision,
  failureMatrix,
  outageCurves,
  scoreboard,
  prices,
  changeFootprint,
  growth,
  spaceTime,
  flows,
  where,
  timeline,
  operating,
  limitations,
  glossary,
];
