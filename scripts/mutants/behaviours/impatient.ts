import { variants } from "../../src/variants.ts";

/** Lived through beside the pair, for those whose clients wait for their orders to end: they wait for no person. */
export const impatient = variants.find(({ clientWaits }) => clientWaits !== undefined)!;
