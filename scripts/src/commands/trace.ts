import { join, relative } from "node:path";
import type { Profile } from "@ovsc/shared";
import { exit, Failure } from "../failure.ts";
import { isCellName, replayCell } from "../faults/replay-cell.ts";
import { renderStory } from "../report/render-story.ts";
import { aboutOrder } from "../runs/about-order.ts";
import { outFolder } from "../runs/output-files.ts";
import { findOrder, type RunLine } from "../runs/run-line.ts";
import { askingAfter } from "../story/asking.ts";
import type { Story } from "../story/story.ts";
import { tellStory } from "../story/tell-story.ts";
import { knownIn, wrongAnswers } from "../story/whereabouts.ts";
import { columns, note, print } from "../terminal.ts";

export interface TraceFlags {
  readonly log?: string;
  /** Of a cell; `equal` if not given. */
  readonly profile?: Profile;
  readonly json?: true;
}

/** `trace ORDER [VARIANT…]`: where is my order? @returns its exit code */
export async function traceCommand(
  { log, json, profile = "equal" }: TraceFlags,
  word: string,
  ...names: string[]
): Promise<number> {
  const { lines, from } = isCellName(word) ? await replayed(word, names, profile) : await logged(word, log);
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
    .flatMap(([, own]) =>
      [...new Set(own.flatMap(({ orderId }) => orderId ?? []))].map((id) => tellStory(aboutOrder(id, own))),
    );
  note(`${from}\n`);
  if (json) print(`${JSON.stringify({ from, stories: stories.map(inJson) }, null, 2)}\n`);
  else print(stories.map((story) => renderStory(story, columns())).join("\n"));
  return exit.valid;
}

const inJson = (story: Story) => {
  const known = knownIn(story);
  return { ...story, known, wrong: wrongAnswers(story, known), asking: askingAfter(story) };
};

interface Found {
  readonly lines: readonly RunLine[];
  /** Where they come from, for a person. */
  readonly from: string;
}

async function logged(orderId: string, log: string | undefined): Promise<Found> {
  const file = log ?? join(relative(process.cwd(), outFolder) || ".", "run.ndjson");
  const { started, lines } = await findOrder(orderId, file);
  return { lines, from: `${file}, of ${started.command}` };
}

async function replayed(cell: string, names: readonly string[], profile: Profile): Promise<Found> {
  return { lines: await replayCell(cell, names, profile), from: `the embedded cloud, under the fault of ${cell}` };
}
