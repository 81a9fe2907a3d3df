import { Argument, Command } from "commander";
import { main, run } from "../commands/command-line.ts";
import { destroyCommand } from "../commands/destroy.ts";
import { variantNames } from "../variants.ts";

const program = new Command("destroy")
  .description("Destroy a deployed variant and all it left behind.")
  .addArgument(new Argument("<variant>").choices(variantNames))
  .option(
    "--target <target>",
    "localstack or aws (default: AWS_ENDPOINT_URL of the environment or .env, otherwise aws)",
  )
  .option("--endpoint-url <url>", "an emulator's endpoint")
  .option("--yes", "do not ask before AWS is touched");

await main(() => run(program, destroyCommand));
