import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { commandsIn } from "../src/lab/commands-in.ts";
import { labs } from "../src/lab/labs.ts";
import { buildDeck } from "../src/slides/build-deck.ts";
import { decks, slidesOf } from "../src/slides/deck.ts";
import { figuresOf, scenariosIn } from "../src/slides/figures.ts";
import { filled } from "../src/slides/fill.ts";

const all = decks.flatMap((deck) => slidesOf(deck).slides);
const figures = figuresOf(scenariosIn(all), 1);
const mostSlides = 6;

describe("the slides", () => {
  test("are there for every lab, in the order of the course, each beginning with its title", () => {
    const titles = all.flatMap(({ markdown }) => /^# (\d\d .+)$/m.exec(markdown)?.[1] ?? []);
    const firsts = [...Map.groupBy(titles, (title) => title.slice(0, 2)).values()].map(([first]) => first);
    expect(firsts).toEqual(labs.map(({ number, title }) => `${number} ${title}`));
  });

  test.each(labs)("are six at the most for $slug", ({ number }) => {
    expect(all.filter(({ lab }) => lab === number).length).toBeLessThanOrEqual(mostSlides);
  });

  test.each(labs)("show no command of $slug that its text does not have: there it is executed", (lab) => {
    const known = commandsIn(readFileSync(join(lab.folder, "README.md"), "utf8")).map((words) => words.join(" "));
    const shown = all.filter((slide) => slide.lab === lab.number).flatMap(({ markdown }) => commandsIn(markdown));
    for (const words of shown) expect(known).toContain(words.join(" "));
  });

  test("have no snippet that was typed: each block is a command, or names where it is cut out or counted", () => {
    const blocks = all.flatMap(({ markdown }) => [...markdown.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)]);
    const typed = blocks.filter(
      ([, info = "", body = ""]) => !/^(source|change|figures) \S/.test(info) && !/^(pnpm .+\n)+$/.test(body),
    );
    expect(typed.map(([text]) => text)).toEqual([]);
  });

  test("show what a run counted, and lines of the solution of their lab", async () => {
    const slide = { lab: "02", markdown: "```figures ends events\nshipping-refused\n```" };
    const { choreography, orchestration } = (await figures).get("shipping-refused")!;
    expect(choreography!["events"]).not.toBe(orchestration!["events"]);
    expect(filled(slide, await figures)).toContain(
      `| shipping-refused | INVENTORY_RELEASED | ${choreography!["events"]} / ${orchestration!["events"]} |`,
    );
    const change = { lab: "02", markdown: "```change choreography/src/rules.ts\n```" };
    expect(filled(change, await figures)).toContain('+  { on: "ShippingFailed", wakes: "RefundPayment" },');
  });

  test.each([
    [
      "```source choreography/src/rules.ts\nno such line\n```",
      "choreography/src/rules.ts has no line with no such line",
    ],
    ["```change shared/src/order.ts\n```", "shared/src/order.ts is not changed"],
    ["```figures ends\nno-such-scenario\n```", "no-such-scenario has no figure ends"],
  ])("are not built from what is not there: %s", async (markdown, why) => {
    const known = await figures;
    expect(() => filled({ lab: "02", markdown }, known)).toThrow(why);
  });

  test.each(decks)("of $name are one page that loads nothing from a network", async (deck) => {
    const page = buildDeck(deck, await figures);
    expect(page.match(/<section/g)).toHaveLength(slidesOf(deck).slides.length);
    expect(page).not.toMatch(/(src|href)="?https?:|url\(["']?https?:|@import/);
    expect(page).not.toMatch(/```/);
  });
});
