import { synthesize } from "../src/clouds/synthesize.ts";
import { variants } from "../src/variants.ts";

for (const variant of variants) process.stdout.write(`${await synthesize(variant)}\n`);
