import { Command } from "commander";
import { drillCommand } from "../commands/drill.ts";
import { main, run } from "../commands/line/command-line.ts";

const program = new Command("drill")
  .description("Break an order on purpose, bring it home as an operator would, and tell what ran twice.")
  .argument("[drills...]", "(default: all)")
  .option("--json", "print the results as one JSON object, with the fault plans");

await main(() => run(program, drillCommand));
