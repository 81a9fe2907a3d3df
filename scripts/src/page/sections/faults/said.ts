import { type Html, markup } from "../../markup.ts";
import { named } from "../../parts.ts";
import { type Said, unharmed } from "./ends.ts";

/** Once where all agree; else who is apart, by name, after what is said of most. */
export function saidHtml(all: readonly Said[], variants: readonly string[]): Html {
  const [most, ...apart] = all;
  if (!most) return markup``;
  const first = markup`<span class="${most.text === unharmed && "quiet"}">${most.text}</span>`;
  if (apart.length === 0) return first;
  const whose = most.variants.length > 2 ? [markup`<span class="quiet">most:</span>`] : names(most, variants);
  return markup`${[whose, " ", first]}${apart.map(
    (each) => markup`<span class="apart">${[names(each, variants), " ", each.text]}</span>`,
  )}`;
}

const names = (said: Said, variants: readonly string[]): Html[] =>
  said.variants.map((name, at) => markup`${at > 0 && ", "}${named(variants, name)}`);

/** The same as text. */
export function saidText(all: readonly Said[]): string {
  const [most, ...apart] = all;
  if (!most) return "";
  if (apart.length === 0) return most.text;
  const whose = most.variants.length > 2 ? "most" : most.variants.join(", ");
  return [{ whose, text: most.text }, ...apart.map(({ variants, text }) => ({ whose: variants.join(", "), text }))]
    .map(({ whose: who, text }) => `${who}: ${text}`)
    .join("; ");
}
