import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import axe from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { compareCommand } from "../../src/commands/compare.ts";
import { matrixFile, outageFile } from "../../src/faults/kept.ts";
import { matrix, outage } from "../../test/page/kept-files.ts";
import { openChromium } from "./chromium.ts";

const pictures = fileURLToPath(new URL("../../../out/ci", import.meta.url));
const widths = [390, 800, 1440] as const;
const themes = ["light", "dark"] as const;

let browser: Browser;
let address: string;
/** What the page asked for from elsewhere, and what the browser complained of. */
let complaints: string[] = [];

beforeAll(async () => {
  const out = mkdtempSync(join(tmpdir(), "report-"));
  writeFileSync(join(out, matrixFile("equal")), JSON.stringify(matrix));
  writeFileSync(join(out, outageFile("equal")), JSON.stringify(outage));
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  await compareCommand({ out, target: "local" });
  vi.restoreAllMocks();
  address = pathToFileURL(join(out, "report.html")).href;
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
});
afterEach(() => {
  expect(complaints.splice(0)).toEqual([]);
});

async function open(options: BrowserContextOptions = {}, hash = ""): Promise<Page> {
  const context = await browser.newContext({ offline: true, ...options });
  const page = await context.newPage();
  page.on("request", (request) => {
    if (request.url().split("#")[0] !== address) complaints.push(`asked for ${request.url()}`);
  });
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(address + hash);
  return page;
}

const openAll = (page: Page) =>
  page.evaluate("document.querySelectorAll('details').forEach((each) => { each.name = ''; each.open = true; })");
/** What the variants hold at the cursor: for each the texts of its column. */
async function stateOf(page: Page, pair: string): Promise<string[][]> {
  const columns = [2, 3].map((column) => page.locator(`#${pair} .state tbody tr > :nth-child(${column})`));
  return Promise.all(columns.map((cells) => cells.allInnerTexts()));
}
const pair = "pair-refund-fails-order-1";

describe("the report in a browser", () => {
  test("moves both sides with one cursor, and says what each holds by then", async () => {
    const page = await open();
    await page.locator(`#${pair} > summary`).click();
    const cursor = page.locator(`#${pair} input[type=range]`);
    await cursor.focus();
    for (let step = 0; step < 12; step += 1) await cursor.press("ArrowRight");
    const marks = page.locator(`#${pair} .now[visibility=visible]`);
    const heights = await marks.evaluateAll((all) => all.map((each) => each.getAttribute("y")));
    expect(heights).toHaveLength(2);
    expect(new Set(heights).size).toBe(1);
    const early = await stateOf(page, pair);
    expect(early).toHaveLength(2);
    for (const side of early) expect(side).toContain("PENDING");
    await cursor.press("End");
    const late = await stateOf(page, pair);
    for (const side of late) expect(side).toContain("NEEDS_ATTENTION");
    expect(late).not.toEqual(early);
    await page.locator(`#${pair} .words > summary`).click();
    await page.locator(`#${pair} tr.now`).nth(1).waitFor();
    expect(await page.locator(`#${pair} tr.now`).count()).toBe(2);
    const moments = Number(
      await page
        .locator(`#${pair} > summary`)
        .innerText()
        .then((text) => /(\d+) moments/.exec(text)![1]),
    );
    expect(await page.locator(`#${pair} table.moments`).first().locator("tr.m").count()).toBe(moments);
  });

  test("follows a click into the picture", async () => {
    const page = await open({ viewport: { width: 1440, height: 1200 } });
    const first = page.locator("details.pair").first();
    await first.locator("svg.story").click({ position: { x: 100, y: 200 } });
    const y = Number(await first.locator(".now").first().getAttribute("y"));
    expect(Math.abs(y + 8 - 200)).toBeLessThanOrEqual(8);
  });

  test("opens where a link to a moment leads, with the same state", async () => {
    const page = await open({}, `#${pair}:40`);
    expect(await page.locator(`#${pair}`).getAttribute("open")).not.toBeNull();
    expect(await page.locator(`#${pair} input`).inputValue()).toBe("40");
    const state = await stateOf(page, pair);
    await page.locator(`#${pair} input`).press("ArrowRight");
    expect(new URL(page.url()).hash).toBe(`#${pair}:41`);
    await page.locator(`#${pair} input`).press("ArrowLeft");
    expect(await stateOf(page, pair)).toEqual(state);
    await page.evaluate("location.hash = '#pair-nobody:3'");
  });

  test("tells the command for a cell of the failure matrix that is clicked, or reached by the keyboard", async () => {
    const page = await open();
    await openAll(page);
    await page.locator("table.cells td:not(:empty)").first().click();
    expect(await page.locator("table.cells output").first().innerText()).toBe(`pnpm trace ${matrix.results[0]!.cell}`);
    await page.keyboard.press("Tab");
    expect(await page.locator("table.cells output").first().innerText()).toBe(`pnpm trace ${matrix.results[1]!.cell}`);
  });

  test("says where an order stands once the end of its id is typed, and leads to where it is drawn", async () => {
    const page = await open();
    const found = page.locator(".found p");
    await page.getByLabel("Order", { exact: true }).fill("refund-fails-order-1");
    expect(await found.allInnerTexts()).toEqual([
      "refund-fails-order-1: NEEDS_ATTENTION in every variant; shipment REFUSED, then RefundPayment: " +
        "RefundUnavailable side by side",
    ]);
    await found.first().getByRole("link").click();
    expect(await page.locator(`#${pair}`).getAttribute("open")).not.toBeNull();
    await page.getByLabel("Order", { exact: true }).fill("2");
    expect(await found.first().innerText()).toMatch(/^last-unit-order-2: /);
    await page.getByLabel("Order", { exact: true }).fill("nobody");
    expect(await found.allInnerTexts()).toEqual([
      expect.stringMatching(/^no order of the log has “nobody” in its id; it has \S+-order-1, \S+, \S+$/),
    ]);
    await page.getByLabel("Order", { exact: true }).fill("");
    expect(await found.count()).toBe(0);
  });

  test("has no scroller but frames of what is wide, which say so and keep in sight whose row it is", async () => {
    const page = await open({ viewport: { width: 390, height: 1000 } });
    await openAll(page);
    const frames = page.locator(".scroll:visible");
    const heights = await frames.evaluateAll((each) =>
      each.map(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight),
    );
    expect(Math.max(...heights)).toBeLessThanOrEqual(1);
    const wide = await frames.evaluateAll(
      (each) => each.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1).length,
    );
    expect(wide).toBeGreaterThan(5);
    const told =
      "[...document.querySelectorAll('.scroll')].filter((each) => each.offsetParent && " +
      "getComputedStyle(each, '::before').content.includes('sideways')).length";
    expect(await page.evaluate(told)).toBe(wide);
    const outside =
      "[...document.querySelectorAll('td, th')].filter((each) => !each.closest('.scroll') && " +
      "each.getBoundingClientRect().right > innerWidth).length";
    expect(await page.evaluate(outside)).toBe(0);
    const [frame, first] = [page.locator("#scoreboard .scroll").first(), page.locator("#score-aws-calls th")];
    await frame.evaluate((each) => each.scrollTo(each.scrollWidth, 0));
    const at = (await first.boundingBox())!.x;
    expect(Math.round(at)).toBe(Math.round((await frame.boundingBox())!.x));
  });

  test("opens what a link leads into", async () => {
    const page = await open({}, "#metric-links");
    expect(await page.locator("#metric-links").isVisible()).toBe(true);
  });

  test("can be walked by the keyboard alone: to the verdict, into a pair, along its moments", async () => {
    const page = await open();
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("To the verdict");
    await page.keyboard.press("Enter");
    expect(new URL(page.url()).hash).toBe("#verdict");
    const isOnPair = "document.activeElement.parentElement?.matches('details.pair:not([open])')";
    for (let tab = 0; tab < 200 && !(await page.evaluate(isOnPair)); tab += 1) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowRight");
    expect(new URL(page.url()).hash).toMatch(/^#pair-.+:1$/);
  });

  test("can be read with scripts off: the first pair open, its cursor away, the others as details", async () => {
    const page = await open({ javaScriptEnabled: false });
    expect(await page.locator("details.pair[open] svg.story").first().isVisible()).toBe(true);
    expect(await page.locator("details.pair[open]").count()).toBe(1);
    expect(await page.locator(".cursor").first().isVisible()).toBe(false);
    await page.locator("details.pair").nth(1).locator("> summary").click();
    expect(await page.locator("details.pair").nth(1).locator("svg.story").first().isVisible()).toBe(true);
  });

  test("moves nothing by itself, and prints without its links", async () => {
    const page = await open({ reducedMotion: "reduce" });
    expect(await page.evaluate("document.getAnimations().length")).toBe(0);
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("nav").isVisible()).toBe(false);
    expect(await page.locator(".verdict").isVisible()).toBe(true);
  });

  describe.each(themes)("in the %s", (colorScheme) => {
    test("has nothing serious that axe finds", async () => {
      const page = await open({ colorScheme, viewport: { width: 1440, height: 1000 } });
      // Other pairs are built as the first, and axe looks at every letter of them.
      await page.evaluate("document.querySelectorAll('.pair:not([open])').forEach((each) => each.remove())");
      await openAll(page);
      await page.locator(".cursor input").press("End");
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate<axe.AxeResults>("axe.run()");
      const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      expect(serious.map(({ id, nodes }) => [id, nodes.slice(0, 3).map(({ html }) => html)])).toEqual([]);
    }, 180_000);

    test.each(widths)("never scrolls sideways at %i px, with everything open", async (width) => {
      const page = await open({ colorScheme, viewport: { width, height: 1000 } });
      mkdirSync(pictures, { recursive: true });
      await page.screenshot({ path: join(pictures, `report-${width}-${colorScheme}.png`), fullPage: true });
      await openAll(page);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    });
  });
});
