import { plain } from "../markdown.ts";
import { type Html, markup } from "../markup.ts";
import { type Missing, missingHtml, missingMarkdown } from "../missing.ts";
import { alike, asked, percent } from "../outages/survival.ts";
import { type Surviving, survivingIn } from "../outages/surviving.ts";
import type { Page } from "../page.ts";
import { named, scrolling } from "../parts.ts";
import { halfOf } from "./decision/half-of.ts";
import { finderHtml } from "./orders/finder.ts";

const list = new Intl.ListFormat("en", { type: "conjunction" });

const question = `Which variant survives an outage of ${asked} s?`;
const meaning =
  `To survive is that the orders which arrive in it still ship, ${percent(1 - alike)} of them or more, ` +
  "whatever was away:";

const missing: Missing = { shows: "Not known yet: it takes outages of each dependency.", commands: ["outage"] };

/** What people ask first, each with its answer: who survives an outage, and where an order is. */
export const glanceHtml = (page: Page): Html => markup`<h3>${question}</h3>
  ${
    page.outages.length === 0
      ? missingHtml(missing, page)
      : markup`<p class="lead">${answer(page)}</p>
          ${scrolling(question, table(page))}
          <p>${meaning} ${tried(page)}. <a href="#outages">Every outage, and why</a></p>
          ${page.decided && halfOf(page.decided) && markup`<p>${halfOf(page.decided)}</p>`}`
  }
  <h3 id="find">Where is my order?</h3>
  ${finderHtml(page)}`;

export const glanceMarkdown = (page: Page): string =>
  page.outages.length === 0
    ? missingMarkdown(missing, page)
    : `**${question}** ${plain(`${answer(page)} ${meaning} ${tried(page)}.`)}`;

/** Who survives, by whose retries. */
function answer({ outages, variants }: Page): string {
  return outages
    .map((file) => {
      const all = survivingIn(file, variants);
      return `With ${file.profile} retries: ${who(all)}.`;
    })
    .join(" ");
}

/** Nobody survives what was not tried. */
function tried({ outages }: Page): string {
  const by = Map.groupBy(outages, ({ curves }) => [...new Set(curves.map(({ dependency }) => dependency))].join(", "));
  if (by.size === 1) return [...by.keys()].join();
  return [...by]
    .map(([dependencies, files]) => `${files.map(({ profile }) => profile).join()}: ${dependencies}`)
    .join("; ");
}

function who(all: readonly Surviving[]): string {
  const names = (wanted: Surviving["survives"]) =>
    all.filter(({ survives }) => survives === wanted).map(({ variant }) => variant);
  const [yes, no, untried] = [names("yes"), names("no"), names("not tried")];
  const surviving = yes.length === 0 ? "none" : no.length + untried.length === 0 ? "every one" : list.format(yes);
  return [surviving, ...(untried.length > 0 ? [`${list.format(untried)} not tried`] : [])].join("; ");
}

function table({ outages, variants }: Page): Html {
  const columns = outages.map((file) => survivingIn(file, variants));
  return markup`<table class="glance">
    <caption>An outage of ${asked} s of any one thing</caption>
    <thead>
      <tr>
        <th scope="col">variant</th>
        ${outages.map(({ profile }) => markup`<th scope="col">with ${profile} retries</th>`)}
      </tr>
    </thead>
    <tbody>
      ${variants.map(
        (name, at) =>
          markup`<tr>
            <th scope="row">${named(variants, name)}</th>
            ${columns.map((column) => markup`<td>${survivalHtml(column[at]!)}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function survivalHtml({ survives, lost }: Surviving): Html {
  if (survives !== "no") return markup`${survives === "yes" ? "✓ survives" : survives}`;
  return markup`✗ ${lost.join("; ")}`;
}
