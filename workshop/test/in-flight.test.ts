import { approvalAboveCents, synthesizeThin, variantNamed } from "@ovsc/scripts/lived";
import { describe, expect, test } from "vitest";
import { InFlight } from "../src/check/in-flight.ts";

describe("orders under way while a copy is deployed", () => {
  test.each(["choreography", "orchestration"])("are lived by each seed as in a cloud of its own: %s", async (name) => {
    const variant = variantNamed(name);
    const copy = await synthesizeThin(variant, { approvalAboveCents });
    const [lists, lengths]: [unknown[][], number[]] = [[], []];
    const told = async (underWay: InFlight, seed: number) => {
      const happenings: unknown[] = [];
      const { outcome, fired } = await underWay.live(seed, ({ sequence: _sequence, ...each }) => {
        happenings.push(each);
      });
      expect(Math.min(...fired), "times each dependency was slow").toBeGreaterThan(0);
      lists.push(happenings);
      lengths.push(happenings.length);
      // Its environments are older, and so is their chance.
      return JSON.stringify({ happenings, outcome }).replaceAll(/"ClientRequestToken":"[^"]*"/g, "");
    };
    const lastOfMany = new InFlight(variant, copy);
    const first = await told(lastOfMany, 3);
    await told(lastOfMany, 4);
    expect(await told(lastOfMany, 3)).toBe(first);
    expect(await told(new InFlight(variant, copy), 4)).toBe(await told(lastOfMany, 4));
    expect(lists.map(({ length }) => length)).toEqual(lengths);
  });
});
