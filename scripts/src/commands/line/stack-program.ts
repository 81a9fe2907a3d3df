import { Argument, Command } from "commander";
import { variantNames } from "../../variants.ts";

/** The command line of what is done to a deployed stack of a variant. Without a target, the command is refused. */
export const deployedProgram = (name: string, description: string): Command =>
  new Command(name)
    .description(description)
    .addArgument(new Argument("<variant>").choices(variantNames))
    .option(
      "--target <target>",
      "localstack or aws (default: localstack where AWS_ENDPOINT_URL says, in the environment or .env)",
    )
    .option("--endpoint-url <url>", "an emulator's endpoint");

/** The command line of what changes the stack itself. */
export const stackProgram = (name: string, description: string): Command =>
  deployedProgram(name, description).option("--yes", "do not ask before AWS is touched");
