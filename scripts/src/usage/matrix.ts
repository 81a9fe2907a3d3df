import { Command } from "commander";
import { main, profileOption, run } from "../commands/line/command-line.ts";
import { variantsOption } from "../commands/line/variants-option.ts";
import { matrixCommand } from "../commands/matrix.ts";

const program = new Command("matrix")
  .description("Put every step under every fault, by tries and for a time, and check that all variants end alike.")
  .argument("[cells...]", "only cells whose name begins so, such as happy/ChargePayment (default: all)")
  .option("--plans", "print the fault plan of each cell, and run none")
  .addOption(profileOption())
  .option("--out <dir>", "folder for the results, which the report shows (default: out in the repository)")
  .addOption(variantsOption())
  .option("--json", "print the results as one JSON object");

await main(() => run(program, matrixCommand));
