import { main, profileOption, run } from "../commands/line/command-line.ts";
import { deployedProgram } from "../commands/line/stack-program.ts";
import { remedyCommand, type RemedyFlags } from "../commands/remedy.ts";

const program = deployedProgram(
  "repair",
  "Give parked orders of a deployed stack back to their undo, once what failed is mended.",
)
  .argument("<orders...>", "the orders that are parked")
  .addOption(profileOption())
  .option("--json", "print what was done as one JSON object");

const repair = (flags: RemedyFlags, variant: string, ...orders: readonly string[]) =>
  remedyCommand(flags, variant, "repair", ...orders);

await main(() => run(program, repair));
