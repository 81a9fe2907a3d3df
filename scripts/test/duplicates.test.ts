import { variants } from "../src/variants.ts";
import { describeDuplicates } from "./duplicates.ts";

for (const variant of variants) describeDuplicates(variant);
