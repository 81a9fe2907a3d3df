import { Command } from "commander";
import { latencyCommand } from "../commands/latency.ts";
import { main, milliseconds, profileOption, run } from "../commands/line/command-line.ts";
import { variantsOption } from "../commands/line/variants-option.ts";

const program = new Command("latency")
  .description("Model how long an order takes in each variant, from published latencies of the hops between functions.")
  .option("--scenario <names...>", "only these scenarios (default: those with one order)")
  .addOption(variantsOption())
  .option("--rule-hop <ms>", "median from PutEvents to the function, instead of what sources say", milliseconds)
  .option(
    "--standard-hop <ms>",
    "median from a Standard state to the function, instead of what sources say",
    milliseconds,
  )
  .option(
    "--express-hop <ms>",
    "median from an Express state to the function, instead of what sources say",
    milliseconds,
  )
  .option("--direct-hop <ms>", "from a function to the one that it invokes: no source gives it", milliseconds)
  .option(
    "--checkpoint-hop <ms>",
    "from a durable execution to a function that Lambda runs for it: no source gives it",
    milliseconds,
  )
  .option("--call <ms>", "a call of DynamoDB or EventBridge, instead of the assumed 6", milliseconds)
  .option("--step-work <ms>", "work in each step, beside its calls", milliseconds)
  .addOption(profileOption())
  .option("--json", "print the figures as one JSON object")
  .option("--out <dir>", "folder for latency.json (default: out in the repository)");

await main(() => run(program, latencyCommand));
