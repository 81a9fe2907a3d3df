import { Command } from "commander";
import { argued, mutantsCommand } from "../../mutants/command.ts";
import { main, positive, run, seedNumber } from "../commands/line/command-line.ts";

const program = new Command("mutants")
  .description("Change the source in small ways, and check that each change makes a behaviour go wrong.")
  .argument("[words...]", "only mutants of these files, or with this text (default: all that are drawn)")
  .option("--count <number>", "how many are drawn", positive, argued.count)
  .option("--seed <number>", "draws other ones", seedNumber, argued.seed)
  .option("--json", "print the results as one JSON object");

await main(() => run(program, mutantsCommand));
