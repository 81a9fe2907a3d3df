import { readFileSync } from "node:fs";
import { profiles } from "@ovsc/shared";
import { describe, expect, test } from "vitest";
import { nameOf } from "../../src/faults/cells.ts";
import { FaultyCloud } from "../../src/faults/faulty-cloud.ts";
import { Matrix } from "../../src/faults/matrix.ts";
import { type Outable, Outage } from "../../src/faults/outage.ts";
import { pair } from "../../src/variants.ts";
import { isWhole } from "../family.ts";

const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");

/** The rows of the table of the README that begins with a head, cell by cell. */
function table(head: string): string[][] {
  const [, rows = ""] = readme.split(`${head}\n`);
  const lines = rows.split("\n").slice(1);
  const end = lines.findIndex((line) => !line.startsWith("|"));
  return lines.slice(0, end).map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const outages = table(
  "| away | equal: choreography | equal: orchestration | idiomatic: choreography | idiomatic: orchestration |",
);
const columns = profiles.flatMap((profile) => pair.map((variant) => ({ profile, variant })));
const figures = outages.flatMap(([away, ...cells]) =>
  cells.map((cell, index) => ({
    away: away!,
    cell,
    profile: columns[index]!.profile,
    variant: columns[index]!.variant,
  })),
);

const differences = table("| the fault lasts | choreography | orchestration | cells | for instance |");

describe("the README", () => {
  test("says of what is away how long it may be, and for which variant it cannot be away", () => {
    expect(outages.map(([away]) => away)).toEqual(["table", "carrier", "event-bus", "lambda", "rule-target"]);
    for (const { away, cell, variant } of figures)
      expect(cell !== "-", `${away} in the ${variant.name}`).toBe(variant.dependsOn.includes(away as Outable));
  });

  test.each(figures.filter(({ away, profile }) => away === "carrier" && (isWhole || profile === "equal")))(
    "says exactly how long an outage of the carrier half of the orders survive: $profile, $variant.name, $cell",
    async ({ away, cell, profile, variant }) => {
      const seconds = Number(cell.replaceAll(/[, s]/g, ""));
      const cloud = await FaultyCloud.open(variant, { profile, jitter: true });
      const outage = new Outage(cloud, away as Outable, 12);
      expect((await outage.lasting(seconds)).during.shipped).toBeGreaterThanOrEqual(0.5);
      expect((await outage.lasting(seconds + 1)).during.shipped).toBeLessThan(0.5);
    },
  );

  test.runIf(isWhole)(
    "shows of each difference that idiomatic retries make a cell in which orders end so",
    async () => {
      const matrix = await Matrix.open(pair, "idiomatic");
      const cells = await matrix.cells();
      expect(differences.length).toBeGreaterThan(5);
      for (const [lasts, choreographed, orchestrated, , instance] of differences) {
        const cell = cells.find((each) => `\`${nameOf(each)}\`` === instance)!;
        expect(cell?.extent, instance).toBe(lasts);
        const { ends, differences: found } = await matrix.run(cell);
        expect(Object.values(ends), instance).toEqual([choreographed, orchestrated]);
        expect(found.length, instance).toBeGreaterThan(0);
      }
    },
  );
});
