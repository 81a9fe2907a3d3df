import { Argument, Command } from "commander";
import { main, profileOption, run } from "../commands/line/command-line.ts";
import { traceCommand } from "../commands/trace.ts";
import { variantNames } from "../variants.ts";

const program = new Command("trace")
  .description("Tell where an order is, how it got there, and who knew it when.")
  .argument(
    "<order>",
    "an orderId, of the last run or deployed; or a cell of matrix or a schedule of explore, run again",
  )
  .addArgument(new Argument("[variants...]", "(default: every variant)").choices(variantNames))
  .option("--log <file>", "the run.ndjson of another run")
  .option(
    "--target <target>",
    "local (the last run), localstack or aws (default: where AWS_ENDPOINT_URL of environment or .env says, or local)",
  )
  .option("--endpoint-url <url>", "an emulator's endpoint")
  .addOption(profileOption())
  .option("--json", "print the whole story as one JSON object");

await main(() => run(program, traceCommand));
