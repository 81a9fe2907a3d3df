import { eventContracts } from "@ovsc/shared";
import { Option } from "commander";
import { main, profileOption, run } from "../commands/line/command-line.ts";
import { deployedProgram } from "../commands/line/stack-program.ts";
import { remedyCommand } from "../commands/remedy.ts";

const program = deployedProgram(
  "remedy",
  "Bring orders of a deployed stack home that nobody moves on any more: hand back, replay, redrive, repair or sweep.",
)
  .argument(
    "<remedy>",
    "repair, again or sweep in each, handback or replay in the choreography, redrive in the orchestration",
  )
  .argument("<orders...>", "the orders that stopped")
  .option("--from <time>", "replay: events from then on, ISO 8601 (default: a day ago)")
  .option("--to <time>", "replay: and until then (default: now)")
  .addOption(
    new Option("--event <names...>", "replay: only to the rules that these events wake (default: to all)").choices(
      Object.keys(eventContracts),
    ),
  )
  .addOption(profileOption())
  .option("--json", "print what was done as one JSON object");

await main(() => run(program, remedyCommand));
