import { Command } from "commander";
import { benchCommand } from "../src/bench-command.ts";
import { main, run } from "../src/command-line.ts";

const program = new Command("bench")
  .description("Measure speed as ratios within one run, and the memory of long runs.")
  .option("--orders <n...>", "sizes of the long runs; 0 for none", ["10000", "100000"]);

await main(() => run(program, benchCommand));
