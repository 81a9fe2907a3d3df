import { plain, tableOf } from "../../markdown.ts";
import { markup } from "../../markup.ts";
import type { Page } from "../../page.ts";
import { drawTimeline } from "../../pairs/draw-timeline.ts";
import { secondsText } from "../../pairs/moment-words.ts";
import { type Pair, secondsOf } from "../../pairs/pair.ts";
import { scrolling } from "../../parts.ts";
import type { Section } from "../../section.ts";

const nothing = "No order of the pairs above waited: calls take no virtual time, so there is no length to draw.";
const legend =
  "A tick is a try, a cross one that failed; hatched is the wait between two. Virtual time, from the placing.";

const waiting = ({ pairs }: Page): readonly Pair[] =>
  pairs.filter(({ stories }) => stories.some((story) => secondsOf(story) > 0));

/** The steps of orders that wait, as bars along virtual time. */
export const timeline: Section = {
  id: "timeline",
  title: "Steps along time",
  html: (page) => {
    const pairs = waiting(page);
    return pairs.length === 0
      ? markup`<p>${nothing}</p>`
      : markup`<p>${legend} ${page.run.profile} profile.</p>
          ${pairs.map(
            ({ id, batch, orderId, stories }, index) => markup`<details ${index === 0 && "open"}>
              <summary><b>${batch}</b> ${orderId}</summary>
              ${scrolling(`Tries and waits of ${orderId}`, drawTimeline(stories, `timeline-${id}`))}
            </details>`,
          )}`;
  },
  markdown: (page) => {
    const rows = waiting(page).map(({ orderId, stories }) => [
      plain(orderId),
      ...stories.map((story) => secondsText(1000 * secondsOf(story))),
    ]);
    return rows.length === 0 ? plain(nothing) : tableOf(["order that waits", ...page.variants], rows);
  },
};
