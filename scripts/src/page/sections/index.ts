import type { Section } from "../section.ts";
import { decision } from "./decision.ts";
import { flows } from "./flows.ts";
import { glossary } from "./glossary.ts";
import { limitations } from "./limits.ts";
import { spaceTime } from "./pairs.ts";
import { scoreboard } from "./scoreboard.ts";
import { verdict } from "./verdict.ts";

/** The page from top to bottom: what decides comes first. */
export const sections: readonly Section[] = [verdict, decision, scoreboard, spaceTime, flows, limitations, glossary];
