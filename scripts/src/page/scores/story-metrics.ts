import { steps } from "@ovsc/shared";
import { askingAfter } from "../../story/asking.ts";
import type { Story } from "../../story/story.ts";
import { triesIn } from "../../story/tries.ts";
import { links, meetings } from "./links.ts";
import type { Metric } from "./metrics.ts";

/** What is counted of the orders whose lines a run's log has in full. */
export interface StoryMetric extends Metric {
  /** Of all these orders in one variant. */
  readonly ofStories: (stories: readonly Story[]) => number;
}

const sum = (stories: readonly Story[], count: (story: Story) => number): number =>
  stories.reduce((total, story) => total + count(story), 0);
const most = (stories: readonly Story[], count: (story: Story) => number): number => Math.max(0, ...stories.map(count));

/** Steps that take back what another did. */
const undoing = new Set<string | undefined>(
  Object.values(steps).flatMap(({ name, undoes = [] }) => (undoes.length > 0 ? [name] : [])),
);

/** Every metric that the log of a run holds. */
export const storyMetrics: readonly StoryMetric[] = [
  {
    id: "links",
    title: "links between functions",
    definition:
      "Different pairs of functions of which one's output woke the other; bus and state machine are transparent.",
    formula: "count of distinct (function, function it was woken by) over all stories",
    kind: "fewer",
    ofStories: (stories) => new Set(stories.flatMap(links)).size,
  },
  {
    id: "links-with-coordinator",
    title: "links, with bus and state machine",
    definition:
      "Different pairs of client, bus, state machine and functions of which one handed something to the other.",
    formula: "count of distinct (from, to) of the arrows between them, answers left out",
    kind: "fewer",
    ofStories: (stories) => new Set(stories.flatMap(meetings)).size,
  },
  {
    id: "where-calls",
    title: "calls to know where an order is, at the most",
    definition: "Sources that are asked for its status by whoever asks the row, which all variants keep.",
    formula: "most of story.asking.where[front controller].calls, see pnpm trace ORDER --json",
    kind: "fewer",
    ofStories: (stories) => most(stories, (story) => askingAfter(story).where["front controller"].calls),
  },
  {
    id: "why-calls",
    title: "calls to know why it is there, at the most",
    definition:
      "Row, logs, histories and queues that are read to tell its way again, of the order that takes most of them: in " +
      "a chain that is one more for each function that had a part in it.",
    formula: "most of story.asking.why.calls, see pnpm trace ORDER --json",
    kind: "fewer",
    ofStories: (stories) => most(stories, (story) => askingAfter(story).why.calls),
  },
  {
    id: "retries",
    title: "retries",
    definition:
      "Tries of a step after its first, by Lambda's queue, by state machine or workflow, or inside the function.",
    formula: "moments of kind started with attempt over 1, and calls that begin a function's work again",
    kind: "fewer",
    ofStories: (stories) => sum(stories, (story) => triesIn(story).filter(({ isRetry }) => isRetry).length),
  },
  {
    id: "duplicates",
    title: "duplicates",
    definition: "Events that were said, or handed over, more than once, and that the steps had to absorb.",
    formula: "moments with isDuplicate",
    kind: "fewer",
    ofStories: (stories) => sum(stories, ({ moments }) => moments.filter(({ isDuplicate }) => isDuplicate).length),
  },
  {
    id: "compensations",
    title: "compensations begun",
    definition: "Times that a step began, at its first try, to take back what others had done.",
    formula: "moments of kind started, attempt 1, of a step that undoes",
    kind: "fewer",
    ofStories: (stories) =>
      sum(
        stories,
        ({ moments }) =>
          moments.filter(({ kind, step, attempt = 1 }) => kind === "started" && attempt === 1 && undoing.has(step))
            .length,
      ),
  },
  {
    id: "dead-letters",
    title: "dead letters",
    definition: "Messages that ended on a dead-letter queue.",
    formula: "moments of kind queued",
    kind: "fewer",
    ofStories: (stories) => sum(stories, ({ moments }) => moments.filter(({ kind }) => kind === "queued").length),
  },
  {
    id: "waited",
    title: "seconds of virtual time, of orders that wait",
    isOmittedAtZero: true,
    definition: "From the placing to the last thing that happened, over the orders in which anything waits.",
    formula: "sum of (last moment - first moment), in seconds, where it is not 0",
    kind: "fewer",
    ofStories: (stories) => sum(stories, ({ moments }) => (moments.at(-1)!.atMs - moments[0]!.atMs) / 1000),
  },
];
