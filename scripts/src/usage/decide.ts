import { profiles } from "@ovsc/shared";
import { Command, Option } from "commander";
import { decideCommand } from "../commands/decide.ts";
import { main, milliseconds, run } from "../commands/line/command-line.ts";

const program = new Command("decide")
  .description("Decide a brief by evidence: must-haves first, then drivers by weight; prints a decision record.")
  .option("--brief <file>", "what must be and what counts (default: scripts/briefs/marketplace.json)")
  .option("--must <file>", 'must-haves instead of the brief\'s, such as {"auditDays": 30}')
  .option("--weights <file>", 'weights of drivers instead of the brief\'s, such as {"cost": 3}')
  .addOption(new Option("--profile <name>", "retries that the figures are of").choices(profiles).default("idiomatic"))
  .option("--variants <names>", "these variants, separated by commas (default: all)")
  .option("--mix <file>", 'share of each scenario, such as {"happy": 97, "declined": 3}')
  .option("--region <region>", "whose prices", "us-east-1")
  .option("--direct-hop <ms>", "from a caller to the function that it invokes: no source gives it", milliseconds)
  .option(
    "--checkpoint-hop <ms>",
    "from a durable execution to a function that Lambda runs for it: no source",
    milliseconds,
  )
  .option("--adr <file>", "write the record to a file too")
  .option("--json", "print decision and evidence as one JSON object")
  .option("--out <dir>", "folder for decision.json (default: out in the repository)");

await main(() => run(program, decideCommand));
