import { Command } from "commander";
import { e2eCommand } from "../commands/e2e.ts";
import { main, run } from "../commands/line/command-line.ts";
import { variantsOption } from "../commands/line/variants-option.ts";

const program = new Command("e2e")
  .description("Run the specification of the saga against deployed stacks.")
  .option(
    "--target <target>",
    "localstack or aws (default: localstack where AWS_ENDPOINT_URL says, in the environment or .env)",
  )
  .option("--endpoint-url <url>", "an emulator's endpoint")
  .addOption(variantsOption())
  .option("--against <cloud>", "local: run every scenario in the embedded cloud too, and compare all that can be seen");

await main(() => run(program, e2eCommand));
