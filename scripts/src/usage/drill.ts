import { Command } from "commander";
import { drillCommand } from "../commands/drill.ts";
import { main, run } from "../commands/line/command-line.ts";
import { variantsOption } from "../commands/line/variants-option.ts";

const program = new Command("drill")
  .description("Break an order on purpose, bring it home as an operator would, and tell what ran twice.")
  .argument("[drills...]", "(default: all)")
  .addOption(variantsOption())
  .option(
    "--target <target>",
    "local, localstack or aws (default: localstack where AWS_ENDPOINT_URL of environment or .env says, or local)",
  )
  .option("--endpoint-url <url>", "an emulator's endpoint")
  .option("--yes", "do not ask before a stack on AWS is damaged")
  .option("--json", "print the results as one JSON object, with the fault plans");

await main(() => run(program, drillCommand));
