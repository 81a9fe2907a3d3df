import type { Slide } from "./deck.ts";

/** By scenario, then by variant, then by the name of the figure. */
export type Figures = ReadonlyMap<string, Readonly<Record<string, Readonly<Record<string, string>>>>>;

/** The scenarios that slides show figures of. */
export const scenariosIn = (slides: readonly Slide[]): string[] => [
  ...new Set(
    slides.flatMap(({ markdown }) =>
      [...markdown.matchAll(/^```figures .*\n((?:(?!```).*\n)*)```$/gm)].flatMap(([, body = ""]) =>
        body.split("\n").filter(Boolean),
      ),
    ),
  ),
];

/** Lives scenarios through in both styles of the project, by one seed. */
export async function figuresOf(scenarios: readonly string[], seed: number): Promise<Figures> {
  const { pair, Stage, synthesizeThin } = await import("@ovsc/scripts/lived");
  const figures = new Map<string, Record<string, Record<string, string>>>();
  for (const variant of pair) {
    const stage = new Stage(variant, await synthesizeThin(variant));
    for (const scenario of scenarios) {
      const { outcome } = await stage.live({ scenario, seed });
      const ends = outcome.evidence.map(({ row }) => row?.status ?? "no order");
      const counts = Object.entries(outcome.counts).map(([name, count]) => [name, String(count)]);
      const own = { ends: [...new Set(ends)].join(", "), ...Object.fromEntries(counts) };
      figures.set(scenario, { ...figures.get(scenario), [variant.name]: own });
    }
  }
  return figures;
}
