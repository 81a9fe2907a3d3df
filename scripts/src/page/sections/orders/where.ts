import { counted } from "../../../report/words.ts";
import { askingAfter } from "../../../story/asking.ts";
import type { Story } from "../../../story/story.ts";
import { knownIn, type Way, ways, wrongAnswers } from "../../../story/whereabouts.ts";
import { code, plain, tableOf } from "../../markdown.ts";
import { type Html, markup } from "../../markup.ts";
import type { Page } from "../../page.ts";
import { secondsText } from "../../pairs/moment-words.ts";
import { command, named, scrolling } from "../../parts.ts";
import type { Section } from "../../section.ts";
import type { LastKnown } from "../../where/last-known.ts";
import { nothingWrong, together } from "../../where/together.ts";

/** Orders that are listed at once, and those behind them; any other is found by its id. */
const [firstListed, mostListed] = [12, 200];

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
          ${ordersHtml(page)}`;
  },
  markdown: ({ orders, variants }) => {
    const shown = turnedAsideFirst(orders).slice(0, mostInMarkdown);
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

function askingTable(stories: readonly Story[], { variants }: Page): Html {
  const asked = stories.map((story) => ({ story, asking: askingAfter(story), wrong: wrongIn(story) }));
  return markup`<table>
    <caption>
      To know where ${stories[0]!.orderId} is, and why; the most of any order stands in the <a href="#score-why-calls">
      scoreboard</a>
    </caption>
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

const isAside = ({ why }: LastKnown): boolean => Object.keys(why).length > 0;

/** Those that something went wrong for come first: of the others there is nothing to tell. */
const turnedAsideFirst = (orders: readonly LastKnown[]): readonly LastKnown[] => [
  ...orders.filter(isAside),
  ...orders.filter((order) => !isAside(order)),
];

/** A few orders, then the others, in the page and in no frame of its own. */
function ordersHtml(page: Page): Html {
  const all = turnedAsideFirst(page.orders);
  const [shown, others] = [all.slice(0, firstListed), all.slice(firstListed, mostListed)];
  const rest = all.length - shown.length - others.length;
  return markup`<p>
      Where each order stands, those first that something went wrong for; any is <a
      href="#find">found by its id</a>, and all of its way told by ${command("pnpm trace ORDER")}
    </p>
    ${scrolling("Where orders stand", ordersTable("Orders, with their first and last failure", shown, page))}
    ${
      others.length > 0 &&
      markup`<details>
        <summary>${counted(others.length, "other order")}${rest > 0 && ` of ${all.length - shown.length}`}</summary>
        ${scrolling("Where the other orders stand", ordersTable("Other orders", others, page))}
      </details>`
    }`;
}

function ordersTable(caption: string, orders: readonly LastKnown[], { pairs, variants }: Page): Html {
  const linked = new Map(pairs.map(({ orderId, id }) => [orderId, id]));
  return markup`<table>
    <caption>${caption}</caption>
    <thead>
      <tr><th scope="col">order</th><th scope="col">stands at</th><th scope="col">what went wrong</th></tr>
    </thead>
    <tbody>
      ${orders.map(({ orderId, status, why }) => {
        const pair = linked.get(orderId);
        return markup`<tr>
          <th scope="row">${pair ? markup`<a href="#${pair}">${orderId}</a>` : orderId}</th>
          <td>${together(variants, status, "unknown")}</td>
          <td>${together(variants, why, nothingWrong)}</td>
        </tr>`;
      })}
    </tbody>
  </table>`;
}
