import { join, relative } from "node:path";
import type { Profile } from "@ovsc/shared";
import { openRemote } from "../clouds/deployed.ts";
import { chooseTarget, describeTarget, type Remote, type TargetFlags } from "../clouds/target.ts";
import { isSchedule, replayedLines } from "../explore/replayed-lines.ts";
import { readSchedule } from "../explore/schedule.ts";
import { exit, Failure } from "../failure.ts";
import { isCellName, replayCell } from "../faults/replay-cell.ts";
import { renderInquiry, renderStory } from "../report/render-story.ts";
import { aboutOrder } from "../runs/log/about-order.ts";
import { findOrder, type RunLine } from "../runs/log/run-line.ts";
import { outFolder } from "../runs/output-files.ts";
import { askingAfter } from "../story/asking.ts";
import { findPlaced, type Inquiry, inquire } from "../story/inquire.ts";
import type { Story } from "../story/story.ts";
import { tellStory } from "../story/tell-story.ts";
import { knownIn, wrongAnswers } from "../story/whereabouts.ts";
import { columns, note, print } from "../terminal.ts";
import { variantNamed, variantNames } from "../variants.ts";

export interface TraceFlags extends TargetFlags {
  readonly log?: string;
  /** Of a cell, or of the deployed stacks; `equal` if not given. */
  readonly profile?: Profile;
  readonly json?: true;
}

/** `trace ORDER [VARIANT…]`: where is my order? @returns its exit code */
export async function traceCommand(flags: TraceFlags, word: string, ...names: string[]): Promise<number> {
  const { log, profile = "equal", json } = flags;
  if (isSchedule(word)) {
    const lines = await replayedLines(readSchedule(word));
    return tell({ lines, from: "the embedded cloud, under this schedule" }, { word: "it", names, json });
  }
  if (isCellName(word)) {
    const lines = await replayCell(word, names, profile);
    return tell({ lines, from: `the embedded cloud, under the fault of ${word}` }, { word, names, json });
  }
  if (log === undefined) {
    const { target } = await chooseTarget(flags);
    if (target.kind !== "local") return tellDeployed(target, { word, names, profile, json });
  }
  const file = log ?? join(relative(process.cwd(), outFolder) || ".", "run.ndjson");
  const { started, lines } = await findOrder(word, file);
  return tell({ lines, from: `${file}, of ${started.command}` }, { word, names, json });
}

interface Asked {
  readonly word: string;
  readonly names: readonly string[];
  readonly json: true | undefined;
}

/** @param from where the lines come from, for a person */
function tell(
  { lines, from }: { readonly lines: readonly RunLine[]; readonly from: string },
  { word, names, json }: Asked,
): number {
  const byVariant = Map.groupBy(lines, ({ variant }) => variant);
  const missing = names.filter((name) => !byVariant.has(name));
  if (missing.length > 0) {
    const others = [...byVariant.keys()].join(", ");
    throw new Failure(`${from} has nothing of ${word} in the ${missing.join(", ")}: it has it in the ${others}`, {
      exitCode: exit.unknown,
      next: "pnpm compare, which runs all variants",
    });
  }
  const stories = [...byVariant]
    .filter(([name]) => names.length === 0 || names.includes(name))
    .flatMap(([, own]) => ordersIn(own).map((orderId) => tellStory(aboutOrder(orderId, own))));
  note(`${from}\n`);
  if (json) print(`${JSON.stringify({ from, stories: stories.map(inJson) }, null, 2)}\n`);
  else print(stories.map((story) => renderStory(story, columns())).join("\n"));
  return exit.valid;
}

const ordersIn = (lines: readonly RunLine[]) =>
  new Set(lines.flatMap(({ orderId }) => orderId ?? [])).values().toArray();

const inJson = (story: Story) => {
  const known = knownIn(story);
  return { ...story, known, wrong: wrongAnswers(story, known), asking: askingAfter(story) };
};

/** @throws Failure where no variant has the order, or one that was named has not */
async function tellDeployed(
  target: Remote,
  { word, names, profile, json }: Asked & { readonly profile: Profile },
): Promise<number> {
  const inquiries: Inquiry[] = [];
  const failures: Failure[] = [];
  for (const name of names.length > 0 ? names : variantNames) {
    try {
      inquiries.push(await inquireOf(name, { target, word, profile }));
    } catch (error) {
      // An order is usually in one of the tables, and often one of the stacks is all that is deployed.
      if (!(error instanceof Failure) || names.length > 0) throw error;
      failures.push(error);
    }
  }
  if (inquiries.length === 0) throw failures[0]!;
  const from = describeTarget(target);
  note(`${from}\n`);
  if (json) print(`${JSON.stringify({ from, stories: inquiries }, null, 2)}\n`);
  else print(inquiries.map((inquiry) => renderInquiry(inquiry, columns())).join("\n"));
  return exit.valid;
}

async function inquireOf(
  name: string,
  { target, word, profile }: { readonly target: Remote; readonly word: string; readonly profile: Profile },
): Promise<Inquiry> {
  const variant = variantNamed(name);
  const found = await openRemote(variant, target, { profile });
  const placed = await findPlaced(found, word);
  let calls = 0;
  const count = () => void (calls += 1);
  const logger = { debug() {}, info: count, warn() {}, error: count };
  // A clock that is a minute behind still finds the first line.
  const sinceMs = placed.placedAtMs - 60_000;
  return inquire(await openRemote(variant, target, { profile, sinceMs, logger }), placed, () => calls);
}
