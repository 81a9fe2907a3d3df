import { Argument, Command } from "commander";
import { main, profileOption, run } from "../commands/line/command-line.ts";
import { synthCommand } from "../commands/synth.ts";
import { variantNames } from "../variants.ts";

const program = new Command("synth")
  .description("Synthesize variants, and print the folder of each cloud assembly.")
  .addArgument(new Argument("[variants...]", "(default: every variant)").choices(variantNames))
  .addOption(profileOption())
  .option("--json", "print one JSON object: absolute folders by variant");

await main(() => run(program, synthCommand));
