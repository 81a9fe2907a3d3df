import { counted } from "../../report/words.ts";
import { askingAfter } from "../../story/asking.ts";
import type { Story } from "../../story/story.ts";
import { knownIn, type Way, ways, wrongAnswers } from "../../story/whereabouts.ts";
import { code, plain, tableOf } from "../markdown.ts";
import { type Html, markup } from "../markup.ts";
import type { Page } from "../page.ts";
import { secondsText } from "../pairs/moment-words.ts";
import { command, named, scrolling } from "../parts.ts";
import type { Section } from "../section.ts";
import type { LastKnown } from "../where/last-known.ts";

/** Orders that are listed one by one. */
const mostListed = 300;

const nothing = "The log of this run has no order in full, so nobody can be asked: pnpm compare writes one.";
const intro =
  "Three ways to ask, by The Hard Parts (ch. 11): the order's row (front controller), every service (stateless), " +
  "the last message (stamp coupling). Asked after each moment of the first pair above, ";

/** Where is my order: whom to ask, what they say, and why it is there. */
export const where: Section = {
  id: "where",
  title: "Where is my order?",
  html: (page) => {
    const [first] = page.pairs;
    return first === undefined
      ? markup`<p>${nothing}</p>`
      : markup`<p>${intro}${page.run.profile} profile.</p>
          ${scrolling("Whom to ask for an order", askingTable(first.stories, page))}
          <div class="orders">${scrolling("Where each order stands", ordersTable(page))}</div>`;
  },
  markdown: ({ orders, variants }) => {
    const shown = orders.slice(0, mostInMarkdown);
    const rows = shown.map((each) => [
      code(each.orderId),
      plain(together(variants, each.status, "unknown")),
      plain(together(variants, each.why, nothingWrong)),
    ]);
    const rest = orders.length - shown.length;
    return shown.length === 0
      ? plain(nothing)
      : [
          tableOf(["order", "stands at", "what went wrong"], rows),
          ...(rest > 0 ? [`and ${counted(rest, "more order")}`] : []),
        ].join("\n\n");
  },
};

const mostInMarkdown = 30;

const nothingWrong = "no failure logged";

/** What is so in every variant: once where they agree, and else whose it is. */
function together(variants: readonly string[], by: LastKnown["status"], otherwise: string): string {
  const said = Map.groupBy(variants, (variant) => by[variant] ?? otherwise);
  if (said.size === 1) return [...said.keys()].join();
  return [...said].map(([what, names]) => `${names.join(", ")}: ${what}`).join("; ");
}

function askingTable(stories: readonly Story[], { variants }: Page): Html {
  const asked = stories.map((story) => ({ story, asking: askingAfter(story), wrong: wrongIn(story) }));
  return markup`<table>
    <caption>To know where ${stories[0]!.orderId} is, and why</caption>
    <thead>
      <tr>
        <th scope="col">ask</th>
        ${stories.map(({ variant }) => markup`<th scope="col">${named(variants, variant)}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${ways.map(
        (way) =>
          markup`<tr>
            <th scope="row">${way}</th>
            ${asked.map(({ asking, wrong }) => markup`<td>${whom(asking.where[way].sources)}; ${wrong(way)}</td>`)}
          </tr>`,
      )}
      <tr>
        <th scope="row">and why it is there</th>
        ${asked.map(({ asking }) => markup`<td>${counted(asking.why.calls, "call")}: ${whom(asking.why.sources)}</td>`)}
      </tr>
    </tbody>
  </table>`;
}

/** Seven logs are not worth seven names. */
function whom(sources: readonly string[]): string {
  const logs = sources.filter((source) => source.startsWith("log of "));
  if (sources.length === 0) return "nobody says it";
  if (logs.length < 2) return sources.join(", ");
  return [...sources.filter((source) => !logs.includes(source)), `the logs of ${logs.length} functions`].join(", ");
}

/** How often, and for how long, a way gives an answer that is not so. */
function wrongIn(story: Story): (way: Way) => string {
  const wrong = wrongAnswers(story, knownIn(story));
  return (way) => {
    const own = wrong.filter((each) => each.way === way);
    const lastedMs = own.reduce((sum, each) => sum + each.lastedMs, 0);
    if (own.length === 0) return "never wrong";
    return `wrong ${own.length === 1 ? "once" : `${own.length} times`}, ${secondsText(lastedMs)} in all`;
  };
}

function ordersTable({ orders, pairs, variants }: Page): Html {
  const linked = new Map(pairs.map(({ orderId, id }) => [orderId, id]));
  const rest = orders.length - mostListed;
  return markup`<table>
    <caption>
      Where each order stands, and what the log has of failures, the first and the last; all of its way:
      ${command("pnpm trace ORDER")}
    </caption>
    <thead>
      <tr><th scope="col">order</th><th scope="col">stands at</th><th scope="col">what went wrong</th></tr>
    </thead>
    <tbody>
      ${orders.slice(0, mostListed).map(({ orderId, status, why }) => {
        const pair = linked.get(orderId);
        return markup`<tr>
          <th scope="row">${pair ? markup`<a href="#${pair}">${orderId}</a>` : orderId}</th>
          <td>${together(variants, status, "unknown")}</td>
          <td>${together(variants, why, nothingWrong)}</td>
        </tr>`;
      })}
    </tbody>
    ${rest > 0 && markup`<tfoot><tr><td colspan="3">and ${counted(rest, "more order")} of the log</td></tr></tfoot>`}
  </table>`;
}
