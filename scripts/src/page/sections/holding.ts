import { type StepName, stepNames } from "@ovsc/shared";
import type { HeldFlow, Place } from "../../places/places.ts";
import { stepOf } from "../../story/lanes.ts";
import { type Html, markup } from "../markup.ts";
import { type Missing, missingHtml } from "../missing.ts";
import type { Page } from "../page.ts";
import { command, named, scrolling } from "../parts.ts";
import { coordinates } from "../scores/place-scores.ts";

const missing: Missing = {
  shows:
    "Here stand the resources that hold the flow, found by taking each away from the synthesized template " +
    "of this very source.",
  commands: ["places"],
};
const note =
  "Each resource was taken away, and the named scenarios were run: without one of these some order goes another way. " +
  "Pick a step, and the places light up that lead to it or let it run.";

/** Who holds what: the places of each variant, lit when a step is picked. */
export const holdingHtml = (page: Page): Html =>
  page.held.length === 0
    ? markup`<h3 id="holding">Who holds what</h3>
        ${missingHtml(missing, page)}`
    : markup`<h3 id="holding">Who holds what</h3>
        <p>${note} ${page.run.profile} profile. Again: ${command("pnpm places")}</p>
        <div class="holding">
          <fieldset>
            <legend>Step</legend>
            ${stepNames.map(
              (step) => markup`<input type="radio" name="held" id="held-${step}" />
                <label for="held-${step}">${step}</label>`,
            )}
          </fieldset>
          ${page.held.map((held) => stripHtml(held, page))}
        </div>
        <details>
          <summary>The same in words</summary>
          ${page.held.map((held) => tableHtml(held, page))}
        </details>`;

function stripHtml({ variant, resources, places }: HeldFlow, page: Page): Html {
  const kinds = Map.groupBy(places.toSorted(byWeight), ({ type }) => type);
  return markup`<h4>${named(page.variants, variant)}: ${places.length} of ${resources} resources</h4>
    <ul class="places">
      ${[...kinds].map(
        ([type, own]) =>
          markup`<li>
            <span class="quiet">${type.replace("AWS::", "")} ×${own.length}</span>
            <span class="chips">
              ${own.map((place) => markup`<span class="${litBy(place, variant, page)}">${chipOf(place)}</span>`)}
            </span>
          </li>`,
      )}
    </ul>`;
}

const litBy = (place: Place, variant: string, page: Page): string =>
  stepsOf(place, variant, page)
    .map((step) => `h${stepNames.indexOf(step)}`)
    .join(" ");

/** Permissions are many, and each goes with what it permits. */
const chipOf = (place: Place): string => (weight(place) === 2 ? "·" : shortOf(place));

/** What decides who is woken comes first, then functions and the table, then who may do what. */
const byWeight = (a: Place, b: Place): number => weight(a) - weight(b);
const weight = (place: Place): number => (coordinates(place) ? 0 : /Function$|Table$/.test(place.type) ? 1 : 2);

/** Without the hash that CDK adds. */
const shortOf = ({ id }: Place): string => id.replace(/[0-9A-F]{8}$/, "").replace(/^Steps(?=[A-Z])/, "");

/** The steps that a place leads to or lets run: by what it holds of the flow, and by who left his way without it. */
function stepsOf(place: Place, variant: string, { flows }: Page): StepName[] {
  const edges = flows.find((each) => each.variant === variant)?.flow.edges ?? [];
  // A flow names a resource by its logical id, or the function of a step by the step.
  const isHere = (heldBy: string) =>
    heldBy === place.id || (place.type === "AWS::Lambda::Function" && stepOf(place.id) === heldBy);
  const led = edges.filter(({ heldBy }) => isHere(heldBy)).map(({ to }) => to);
  return stepNames.filter((step) => place.steps.includes(step) || led.includes(step));
}

const tableHtml = ({ variant, places }: HeldFlow, page: Page): Html =>
  scrolling(
    `Places of the ${variant}`,
    markup`<table data-places="${variant}">
      <caption>${named(page.variants, variant)}</caption>
      <thead>
        <tr><th scope="col">resource</th><th scope="col">leads to, or lets run</th></tr>
      </thead>
      ${[...Map.groupBy(places, ({ type }) => type)].map(
        ([type, own]) =>
          markup`<tbody>
            <tr><th colspan="2">${type}</th></tr>
            ${[...Map.groupBy(own, (place) => stepsOf(place, variant, page).join(", "))].map(
              ([steps, alike]) => markup`<tr><td>${alike.map(({ id }) => id).join(", ")}</td><td>${steps}</td></tr>`,
            )}
          </tbody>`,
      )}
    </table>`,
  );
