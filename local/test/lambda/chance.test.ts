import { expect, test } from "vitest";
import { Chance } from "../../src/lambda/runtime/chance.ts";

test.each([1, 2, 3])(
  "a UUID is sixteen of its environment's random bytes, but for version and variant: seed %i",
  (seed) => {
    const [ofBytes, ofUuids] = [new Chance(seed), new Chance(seed)];
    for (let count = 0; count < 20; count += 1) {
      const bytes = ofBytes.fill(Buffer.alloc(16));
      bytes[6] = (bytes[6]! % 16) + 0x40;
      bytes[8] = (bytes[8]! % 64) + 0x80;
      const uuid = ofUuids.uuid();
      expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(uuid.replaceAll("-", "")).toBe(bytes.toString("hex"));
    }
  },
);
