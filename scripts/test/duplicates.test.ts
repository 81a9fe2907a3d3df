import type { Variant } from "@ovsc/shared/variant";
import { pair, variants } from "../src/variants.ts";
import { describeDuplicates } from "./duplicates.ts";
import { isWhole } from "./family.ts";

const isShort = (variant: Variant) => !isWhole && !pair.includes(variant);
for (const variant of variants) describeDuplicates(variant, isShort(variant) ? [1] : undefined);
