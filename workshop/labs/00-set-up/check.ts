import { existsSync, statfsSync } from "node:fs";
import { join } from "node:path";
import type { Check, Look } from "../../src/check/check.ts";

const neededNode = 24;
/** What the cloud assemblies and logs of a day need. */
const neededMegabytes = 500;
/** Columns that the table of a comparison needs to name what differs. */
const neededColumns = 80;

const machine: Look = {
  task: "machine",
  broken(copy) {
    const node = Number.parseInt(process.versions.node, 10);
    if (node < neededNode) return `this runs in Node.js ${process.versions.node}, and ${neededNode} is needed`;
    const { bavail, bsize } = statfsSync(copy);
    const free = Math.floor((bavail * bsize) / 2 ** 20);
    if (free < neededMegabytes) return `${free} MB are free where your copy is, and ${neededMegabytes} are needed`;
    const { columns } = process.stdout;
    if (columns < neededColumns) return `your terminal is ${columns} columns wide: make it ${neededColumns} or more`;
    return undefined;
  },
};

const report: Look = {
  task: "report",
  broken: (copy) =>
    existsSync(join(copy, "out/report.html")) ? undefined : "there is no report of your copy yet: it is made by a run",
};

export const check: Check = { looks: [machine, report], stories: [], claims: [], misconceptions: [] };
