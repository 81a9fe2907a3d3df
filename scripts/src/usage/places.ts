import { Command } from "commander";
import { main, profileOption, run } from "../commands/line/command-line.ts";
import { variantsOption } from "../commands/line/variants-option.ts";
import { placesCommand } from "../commands/places.ts";

const program = new Command("places")
  .description("Take away each resource, run the named scenarios, and say which of them hold the flow of each variant.")
  .addOption(profileOption())
  .option("--out <dir>", "folder for what is found, which the report shows (default: out in the repository)")
  .addOption(variantsOption())
  .option("--json", "print what is found as one JSON object");

await main(() => run(program, placesCommand));
