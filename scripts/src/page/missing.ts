import { pair, variantNames, variants } from "../variants.ts";
import { code, plain } from "./markdown.ts";
import { type Html, markup } from "./markup.ts";
import type { Page } from "./page.ts";
import { command } from "./parts.ts";

/** A part of the page that a command makes, whose file does not lie beside the run. */
export interface Missing {
  /** What the part would show, as a sentence. */
  readonly shows: string;
  /** The commands that make its files, by name. */
  readonly commands: readonly string[];
}

/** Which variants each command takes where none are named; the pair if it is not here. */
const usual: Readonly<Record<string, readonly string[]>> = { decide: variantNames, footprint: variantNames };
/** Commands that take no profile, and no variants. */
const [ofNoProfile, ofNoVariant] = [["footprint", "sweep"], ["sweep"]];
const pairNames = pair.map(({ name }) => name);

/** What the page would show here, and that it was not made yet. */
export const missingHtml = (missing: Missing, page: Page): Html =>
  markup`<p>${missing.shows} ${notMade} ${command(making(missing, page))}</p>`;

/** The same in Markdown. */
export const missingMarkdown = (missing: Missing, page: Page): string =>
  `${plain(`${missing.shows} ${notMade}`)} ${code(making(missing, page))}`;

const notMade = "That is a run of its own, and none lies beside this one yet. It is made, and this page with it, by";

/** The commands to type, for the variants and the profile of the page. */
function making({ commands }: Missing, { variants: names, run }: Page): string {
  const profile = run.profile === "equal" ? "" : ` --profile ${run.profile}`;
  const all = commands.map((name) => {
    const ofProfile = ofNoProfile.includes(name) ? "" : profile;
    return `pnpm ${name}${ofProfile}${ofNoVariant.includes(name) ? "" : variantsFlag(names, usual[name] ?? pairNames)}`;
  });
  return [...all, "pnpm report"].join(" && ");
}

function variantsFlag(names: readonly string[], taken: readonly string[]): string {
  if (names.join() === taken.join()) return "";
  return ` --variants ${names.length === variants.length ? "all" : names.join()}`;
}
