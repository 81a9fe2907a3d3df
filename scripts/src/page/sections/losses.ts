import { plain } from "../markdown.ts";
import { type Html, markup } from "../markup.ts";
import type { Loss } from "../outages/losses.ts";
import { percent } from "../outages/survival.ts";
import type { Page } from "../page.ts";
import { named } from "../parts.ts";

/** What becomes of the orders, and why. */
const textOf = ({ dependency, shipped, others, because }: Loss): string =>
  `${dependency} away: ${percent(shipped)} shipped, ${others}: ${because}`;

/** Why a variant ships fewer than half. */
export const lossesHtml = (losses: readonly Loss[], { variants }: Page): Html =>
  markup`${
    losses.length > 0 &&
    markup`<p>Where fewer than half ship, and why:</p>
      <ul class="losses">
        ${losses.map(
          (loss) =>
            markup`<li>
              ${loss.variants.map((name, at) => [at > 0 && ", ", named(variants, name)])} with ${textOf(loss)}
            </li>`,
        )}
      </ul>`
  }`;

export const lossesMarkdown = (losses: readonly Loss[]): string[] =>
  losses.length === 0
    ? []
    : [losses.map((loss) => `- ${plain(`${loss.variants.join(", ")} with ${textOf(loss)}`)}`).join("\n")];
