import { kindNamed, kindNames } from "../../faults/kinds.ts";
import { variants as registry } from "../../variants.ts";
import { plain } from "../markdown.ts";
import { markup } from "../markup.ts";
import type { Page } from "../page.ts";
import type { Section } from "../section.ts";
import { partsOf } from "./faults/ends.ts";

/** The words of the page that are not a variant's name. */
const words: readonly (readonly [word: string, meaning: string])[] = [
  ["brief", "What a team needs: must-haves, and how much each driver counts to it."],
  ["compensation", "A step that takes back what an earlier one did: RefundPayment, ReleaseInventory."],
  ["embedded", "Run by the embedded cloud of this project, from the synthesized templates and the bundled handlers."],
  ["equal profile", "All variants have the same retry budget, to the second, so that only the coordination differs."],
  ["idiomatic profile", "Each variant has the retries that AWS advises for its style, so patience differs too."],
  ["must-have", "What a variant passes or fails whatever else speaks for it. What is not known is not passed."],
  ["order-table", "The rows of the orders alone; whatever else is in the table answers meanwhile."],
  ["parked", "NEEDS_ATTENTION: a compensation kept failing, and a person is to look at the order."],
  [
    "placement",
    "An order's document as a client hands it in. The same may come twice; one that is no order, or has another's " +
      "id, is refused at the door.",
  ],
  ["pivot", "ShipOrder: after it the saga only goes forward."],
  ["saga", "One order's steps, and the compensations that take them back."],
  ["stuck", "An order that nothing will move any more, in a status that is not its last."],
  [
    "sweeper",
    "A function on a schedule that finds orders at rest and says again where they are, or begins their undo.",
  ],
  ["table", "The one DynamoDB table: orders, and the simulated stock, payment gateway and carrier."],
  ["transition", "A state entered by a state machine, each retry included."],
  ["virtual time", "Time of the embedded cloud: it moves only while something waits."],
];

/** The variants of the run and the kinds of faults of its matrix among the words, in the order of the alphabet. */
function wordsOf({ variants, matrix }: Page) {
  const struck = new Set(matrix?.results.map((cell) => partsOf(cell).kind));
  const kinds = kindNames.filter((kind) => struck.has(kind)).map((kind) => [kind, kindNamed(kind).means] as const);
  const shown = registry.filter(({ name }) => variants.includes(name));
  const named = shown.map(({ name, description }) => [name, description] as const);
  return [...named, ...kinds, ...words].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/** What the words mean. */
export const glossary: Section = {
  id: "glossary",
  title: "Glossary",
  html: (page) =>
    markup`<dl>
      ${wordsOf(page).map(
        ([word, meaning]) =>
          markup`<dt>${word}</dt>
            <dd>${meaning}</dd>`,
      )}
    </dl>`,
  markdown: (page) =>
    wordsOf(page)
      .map(([word, meaning]) => `- **${word}**: ${plain(meaning)}`)
      .join("\n"),
};
