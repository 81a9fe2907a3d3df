import { Command, Option } from "commander";
import { compareCommand } from "../commands/compare.ts";
import { main, positive, profileOption, run, seedNumber } from "../commands/line/command-line.ts";
import { variantsOption } from "../commands/line/variants-option.ts";

const program = new Command("compare")
  .description("Run identical orders through the choreography and the orchestration, and check that both end alike.")
  .option("--scenario <names...>", "only these scenarios (default: all)")
  .option("--orders <n>", "draw this many orders instead", positive)
  .option("--seed <s>", "seed of the drawn orders, of delivery order and of jitter", seedNumber)
  .option("--input <file>", "orders from a file, one JSON object a line")
  .option("--faults <file>", "faults to provoke, by tries or for a time, as JSON (pnpm matrix --plans prints many)")
  .option(
    "--target <target>",
    "local, localstack or aws (default: where AWS_ENDPOINT_URL of the environment or .env says, or local)",
  )
  .option("--endpoint-url <url>", "an emulator's endpoint")
  .addOption(
    new Option("--log <kept>", "lines of run.ndjson: all, or those of a sample and of orders with a finding")
      .choices(["sample", "all"])
      .default("sample"),
  )
  .option("--watch", "compare again whenever a source file changes")
  .option("--no-report", "write no report.html")
  .addOption(profileOption())
  .addOption(variantsOption())
  .option("--wide", "counts, where more than two variants get a sign each otherwise")
  .option("--json", "print the results as one JSON object")
  .option("--out <dir>", "folder for run.ndjson, results.json and report.html (default: out in the repository)");

await main(() => run(program, compareCommand));
