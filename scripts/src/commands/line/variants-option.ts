import { Option } from "commander";
import { pair } from "../../variants.ts";

/** `--variants`: see `chosenVariants`. */
export const variantsOption = (): Option =>
  new Option(
    "--variants <names>",
    `these variants, separated by commas, or all (default: ${pair.map(({ name }) => name).join()})`,
  );
