import { Command, InvalidArgumentError } from "commander";
import { costCommand } from "../commands/cost.ts";
import { main, milliseconds, positive, profileOption, run } from "../commands/line/command-line.ts";
import { variantsOption } from "../commands/line/variants-option.ts";

/** A share on the command line: from 0 to 1. */
function share(text: string): number {
  const value = /^(0|1|0?\.[0-9]+)$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError("a number from 0 to 1 is wanted");
  return value;
}

const program = new Command("cost")
  .description("Price a month of orders in each variant, from what its scenarios take in the embedded cloud.")
  .option("--orders-per-month <n>", "orders of the month", positive, 1_000_000)
  .option("--mix <file>", 'share of each scenario, such as {"happy": 97, "declined": 3}')
  .option("--region <region>", "whose prices", "us-east-1")
  .option("--prices <file>", "prices of your own, in the form of scripts/src/bill/prices.json")
  .addOption(variantsOption())
  .option("--free-tier", "take off what each service gives away every month")
  .option("--cold-share <share>", "invocations that start a new environment, instead of the assumed 0.01", share)
  .option("--step-work <ms>", "work in each step, beside its calls", milliseconds)
  .addOption(profileOption())
  .option("--json", "print the bills as one JSON object")
  .option("--out <dir>", "folder for cost.json (default: out in the repository)");

await main(() => run(program, costCommand));
