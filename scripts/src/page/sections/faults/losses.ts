import { plain } from "../../markdown.ts";
import { type Html, markup } from "../../markup.ts";
import type { Loss } from "../../outages/losses.ts";
import { percent } from "../../outages/survival.ts";
import type { Page } from "../../page.ts";
import { named } from "../../parts.ts";

/** What becomes of the orders, and why. */
const textOf = ({ dependency, shipped, others, because }: Loss): string => {
  const [only, ...more] = because;
  const why = more.length === 0 ? only : `${because.length} reasons, by the step at which it meets an order`;
  return `${dependency} away: ${percent(shipped)} shipped, ${others}: ${why}`;
};

/** Each by itself, where there is more than one. */
const reasonsOf = ({ because }: Loss): readonly string[] => (because.length > 1 ? because : []);

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
              ${reasonsOf(loss).length > 0 && markup`<ul>${reasonsOf(loss).map((why) => markup`<li>${why}</li>`)}</ul>`}
            </li>`,
        )}
      </ul>`
  }`;

export const lossesMarkdown = (losses: readonly Loss[]): string[] =>
  losses.length === 0
    ? []
    : [
        losses
          .flatMap((loss) => [
            `- ${plain(`${loss.variants.join(", ")} with ${textOf(loss)}`)}`,
            ...reasonsOf(loss).map((why) => `  - ${plain(why)}`),
          ])
          .join("\n"),
      ];
