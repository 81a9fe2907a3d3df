import { Argument, Command } from "commander";
import { main, profileOption, run } from "../commands/line/command-line.ts";
import { triggerCommand } from "../commands/trigger.ts";
import { variantNames } from "../variants.ts";

const program = new Command("trigger")
  .description("Place one order and follow it to its end.")
  .addArgument(new Argument("<variant>").choices(variantNames))
  .option("--scenario <name>", "the orders of this scenario, of those that compare has (default: happy)")
  .option("--out-of-stock", "an order that the shelf cannot fill")
  .option("--decline", "an order whose payment is declined")
  .option("--refuse-shipping", "an order that the carrier refuses")
  .option("--order <file>", "the order in this file: one JSON object")
  .option("--no-wait", "print the order's id at once, of a deployed stack whose client need not wait")
  .option("--status <order>", "no new order: where this one of a deployed stack is, by its row")
  .option("--follow <order>", "the same, until it is settled")
  .option("--faults <file>", "faults to provoke, by tries or for a time, as JSON (pnpm matrix --plans prints many)")
  .option("--target <target>", "local, localstack or aws (default: where the last deploy went, or local)")
  .option("--endpoint-url <url>", "an emulator's endpoint")
  .addOption(profileOption())
  .option("--json", "print what was found as one JSON object");

await main(() => run(program, triggerCommand));
