import { flipText } from "../../decision/adr.ts";
import type { DecisionFile } from "../../decision/decide.ts";
import { counted } from "../../report/words.ts";

const list = new Intl.ListFormat("en", { type: "conjunction" });

/** Who is chosen under which must-haves and who fails them, in a sentence; and what flips it, as another begins. */
export const choiceOf = (file: DecisionFile): readonly [choice: string, flips: string] => [
  whoIsChosen(file),
  flips(file),
];

function whoIsChosen({ brief, choice, options, musts, profile }: DecisionFile): string {
  const wanted = (Object.values(musts)[0] ?? []).map(({ what }) => what);
  const all = wanted.length > 0 ? `all must-haves (${wanted.join(", ")})` : "all, since nothing is a must";
  const failing = Object.entries(musts).flatMap(([variant, own]) => {
    const missed = own.filter(({ passed }) => !passed).map(({ what, found }) => `“${what}” (${found})`);
    return missed.length > 0 ? [`${variant} fails ${list.format(missed)}`] : [];
  });
  const given = `For the brief “${brief.title}”, with the retries of the ${profile} profile,`;
  return `${given} ${[whom(choice, options, all), ...failing].join("; ")}.`;
}

function whom(choice: string | undefined, options: readonly string[], all: string): string {
  if (options.length === 0) return `no one is chosen, since none passes ${all}`;
  if (choice === undefined)
    return `no one is chosen: ${list.format(options)} pass ${all}, and are level by the weights`;
  const others = options.length === 1 ? "the only one that passes" : "ahead of all others that pass";
  return `${choice} is chosen, ${others} ${all}`;
}

function flips({ flips: own, others, choice }: DecisionFile): string {
  const [nearest] = own;
  const more = own.length > 1 ? ` (and ${counted(own.length - 1, "more way")}, under What decides)` : "";
  const elsewhere = others
    .filter((other) => other.choice !== choice)
    .map((other) => `“${other.brief.title}” leads to ${other.choice ?? "no one"}`);
  const flipping = nearest ? `${flipText(nearest).replace(/\.$/, "")}${more}` : "Nothing of what was tried flips it";
  return [flipping, ...elsewhere].join("; ");
}
