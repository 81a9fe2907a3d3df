import { flipsWhere } from "../../../decision/adr.ts";
import type { DecisionFile } from "../../../decision/decide.ts";
import { counted } from "../../../report/words.ts";

const list = new Intl.ListFormat("en", { type: "conjunction" });

/** Who is chosen under which must-haves and who fails them, in a sentence; and what flips it, as another begins. */
export const choiceOf = (file: DecisionFile): readonly [choice: string, flips: string] => [
  whoIsChosen(file),
  flips(file),
];

function whoIsChosen({ brief, choice, options, musts, profile }: DecisionFile): string {
  const wanted = (Object.values(musts)[0] ?? []).map(({ what }) => what);
  const all = wanted.length > 0 ? `all must-haves (${wanted.join(", ")})` : "all, since nothing is a must";
  const given = `For the brief “${brief.title}”, with the retries of the ${profile} profile,`;
  return `${given} ${[whom(choice, options, all), ...missed(musts, "fail"), ...missed(musts, "unknown")].join("; ")}.`;
}

/** Who does not pass which must-have, one after the other; why, where it is one alone or nothing is known. */
function missed(musts: DecisionFile["musts"], verdict: "fail" | "unknown"): string[] {
  const all = Object.entries(musts).flatMap(([variant, own]) => own.map((must) => ({ ...must, variant })));
  const those = all.filter((must) => must.verdict === verdict);
  return [...Map.groupBy(those, ({ what }) => what)].map(([what, own]) => {
    const names = list.format(own.map(({ variant }) => variant));
    const [first] = own as [(typeof own)[number]];
    if (verdict === "unknown") {
      const commands = [...new Set(own.map(({ again }) => again))].join("; ");
      const why = own.length === 1 ? first.found : "no source gives a hop";
      return `of ${names} “${what}” is unknown (${why}: ${commands})`;
    }
    return own.length === 1 ? `${names} fails “${what}” (${first.found})` : `${names} fail “${what}”`;
  });
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
  const flipping = nearest
    ? `${flipsWhere(nearest)}: then ${nearest.choice ?? "no one"} is chosen${more}`
    : "Nothing of what was tried flips it";
  return [flipping, ...elsewhere].join("; ");
}
