import type { Section } from "../section.ts";
import { changeFootprint } from "./cost/footprint.ts";
import { growth } from "./cost/growth.ts";
import { prices } from "./cost/prices.ts";
import { decision } from "./decision.ts";
import { failureMatrix } from "./failures.ts";
import { flows } from "./flows.ts";
import { glossary } from "./glossary.ts";
import { limitations } from "./limits.ts";
import { operating } from "./operating.ts";
import { outageCurves } from "./outages.ts";
import { spaceTime } from "./pairs.ts";
import { scoreboard } from "./scoreboard.ts";
import { timeline } from "./timeline.ts";
import { verdict } from "./verdict.ts";
import { where } from "./where.ts";

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
