import { Argument, Command } from "commander";
import { main, run } from "../commands/command-line.ts";
import { footprintCommand } from "../commands/footprint.ts";
import { changeRequests } from "../footprint/requests.ts";

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
