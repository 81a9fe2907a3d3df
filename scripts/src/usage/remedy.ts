import { eventContracts } from "@ovsc/shared";
import { Argument, Command, Option } from "commander";
import { main, profileOption, run } from "../commands/command-line.ts";
import { remedyCommand } from "../commands/remedy.ts";
import { variantNames } from "../variants.ts";

const program = new Command("remedy")
  .description(
    "Bring orders of a deployed stack home that nobody moves on any more: hand back, replay, redrive or repair.",
  )
  .addArgument(new Argument("<variant>").choices(variantNames))
  .argument("<remedy>", "repair in both, handback or replay in the choreography, redrive in the orchestration")
  .argument("<orders...>", "the orders that stopped")
  .option("--from <time>", "replay: events from then on, ISO 8601 (default: a day ago)")
  .option("--to <time>", "replay: and until then (default: now)")
  .addOption(
    new Option("--event <names...>", "replay: only to the rules that these events wake (default: to all)").choices(
      Object.keys(eventContracts),
    ),
  )
  .option(
    "--target <target>",
    "localstack or aws (default: localstack where AWS_ENDPOINT_URL says, in the environment or .env)",
  )
  .option("--endpoint-url <url>", "an emulator's endpoint")
  .addOption(profileOption())
  .option("--json", "print what was done as one JSON object");

await main(() => run(program, remedyCommand));
