import { Argument, Command } from "commander";
import { main, positive, profileOption, run } from "../commands/line/command-line.ts";
import { variantsOption } from "../commands/line/variants-option.ts";
import { outables, outageCommand } from "../commands/outage.ts";

const program = new Command("outage")
  .description("Take a dependency away for longer and longer, and count how the orders end in each variant.")
  .addArgument(new Argument("[dependencies...]", "(default: all)").choices(outables))
  .option("--orders <n>", "orders, arriving evenly before, in and after each outage", positive, 60)
  .addOption(profileOption())
  .option("--out <dir>", "folder for the figures, which the report shows (default: out in the repository)")
  .addOption(variantsOption())
  .option("--json", "print the figures as one JSON object");

await main(() => run(program, outageCommand));
