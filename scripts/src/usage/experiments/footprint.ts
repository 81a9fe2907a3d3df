import { Argument, Command } from "commander";
import { footprintCommand } from "../../commands/experiments/footprint.ts";
import { main, run } from "../../commands/line/command-line.ts";
import { changeRequests } from "../../footprint/requests.ts";

const names = changeRequests.map(({ name }) => name);

const program = new Command("footprint")
  .description(
    "Grant change requests in a copy of the project, count what each variant needed, and compare them there.",
  )
  .addArgument(new Argument("[requests...]", "(default: all)").choices(names))
  .option("--variants <names>", "these variants, separated by commas (default: all)")
  .option("--json", "print the footprints as one JSON object")
  .option("--out <dir>", "folder for footprint.json (default: out in the repository)");

await main(() => run(program, footprintCommand));
