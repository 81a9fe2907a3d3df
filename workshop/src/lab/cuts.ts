import { readFileSync } from "node:fs";
import * as z from "zod";
import { bugs, labs } from "./labs.ts";

const minutes = z.int().min(1);
/** How a part is done, where it is not as its text says. */
const as = z.string().optional();
const Part = z.union([
  z.strictObject({ lab: z.string(), minutes, as }),
  z.strictObject({ bug: z.string(), minutes, as }),
]);
const Cut = z.strictObject({ minutes, parts: z.array(Part).min(1) });

/** Which labs are done in how much time. */
export type Cut = z.infer<typeof Cut>;

const folder = new URL("../..", import.meta.url);
export const cuts: readonly Cut[] = z
  .array(Cut)
  .parse(JSON.parse(readFileSync(new URL("cuts.json", folder), "utf8")));
/** The page for instructors, which has a line for each. */
export const page = readFileSync(new URL("INSTRUCTOR.md", folder), "utf8");

/** What may be planned: the rest is breaks and latecomers. */
const mostPlanned = 0.8;

/** What is wrong with a cut, a sentence each. @param instructors text of the page that shows it */
export function faultsInCut({ minutes: all, parts }: Cut, instructors: string): string[] {
  const planned = parts.reduce((sum, part) => sum + part.minutes, 0);
  const most = mostPlanned * all;
  const line = `| ${all} | ${parts.map(nameOf).join(", ")} | ${planned} |`;
  return [
    ...(planned > most ? [`the cut for ${all} minutes plans ${planned} of them, and ${most} are the most`] : []),
    ...parts.flatMap((part) => faultsInPart(part, `the cut for ${all} minutes`)),
    ...(instructors.includes(line) ? [] : [`INSTRUCTOR.md does not have the line ${line}`]),
  ];
}

type Part = Cut["parts"][number];

const nameOf = (part: Part): string => ("lab" in part ? part.lab : `bug ${part.bug}`);

function faultsInPart(part: Part, where: string): string[] {
  const [lab] = "lab" in part ? labs.filter(({ number }) => number === part.lab) : bugsNumbered(part.bug);
  if (!lab) return [`${where} has ${nameOf(part)}, which there is not`];
  // A lab that takes another time than its text says is done in another way.
  if ("bug" in part || part.as !== undefined || part.minutes === lab.minutes) return [];
  return [`${where} gives ${part.lab} ${part.minutes} minutes, and its text ${lab.minutes}`];
}

const bugsNumbered = (number: string) => bugs.filter(({ bug }) => bug?.number === number);
