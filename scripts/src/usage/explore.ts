import { Command } from "commander";
import { exploreCommand } from "../commands/explore.ts";
import { main, positive, run, seedNumber } from "../commands/line/command-line.ts";
import { variantsOption } from "../commands/line/variants-option.ts";

const program = new Command("explore")
  .description("Walk everything that can befall one order or two: order of events, duplicates, up to two faults.")
  .argument("[variants...]", "which variants, or all (default: choreography and orchestration)")
  .addOption(variantsOption())
  .option("--without <name>", "take a line of defence away, and find the damage")
  .option("--part <names...>", "only these parts (default: all); with /STEP,STEP behind it, faults strike there alone")
  .option("--parts", "print the names of the parts, and walk none")
  .option("--schedules <n>", "draw this many runs instead", positive)
  .option("--seed <s>", "seed of the drawn runs", seedNumber, 1)
  .option("--orders <k>", "up to so many orders in a drawn run", positive, 5)
  .option("--faults <f>", "up to so many faults in a drawn run", positive, 4)
  .option("--seconds <n>", "leave a part that takes longer, and exit 3", positive, 900)
  .option("--replay <schedule>", "repeat one run, of a file or as it is printed, step by step on the deployed bundle")
  .option("--json", "print the results as one JSON object");

await main(() => run(program, exploreCommand));
