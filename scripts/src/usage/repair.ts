import { Argument, Command } from "commander";
import { main, profileOption, run } from "../commands/command-line.ts";
import { remedyCommand, type RemedyFlags } from "../commands/remedy.ts";
import { variantNames } from "../variants.ts";

const program = new Command("repair")
  .description("Give parked orders of a deployed stack back to their undo, once what failed is mended.")
  .addArgument(new Argument("<variant>").choices(variantNames))
  .argument("<orders...>", "the orders that are parked")
  .option(
    "--target <target>",
    "localstack or aws (default: localstack where AWS_ENDPOINT_URL says, in the environment or .env)",
  )
  .option("--endpoint-url <url>", "an emulator's endpoint")
  .addOption(profileOption())
  .option("--json", "print what was done as one JSON object");

const repair = (flags: RemedyFlags, variant: string, ...orders: readonly string[]) =>
  remedyCommand(flags, variant, "repair", ...orders);

await main(() => run(program, repair));
