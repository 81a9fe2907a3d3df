import { main, profileOption, run } from "../commands/line/command-line.ts";
import { deployedProgram } from "../commands/line/stack-program.ts";
import { remedyCommand, type RemedyFlags } from "../commands/remedy.ts";

const program = deployedProgram(
  "again",
  "Begin orders of a deployed stack anew that were undone, each as another generation.",
)
  .argument("<orders...>", "the orders that were undone")
  .addOption(profileOption())
  .option("--json", "print what was done as one JSON object");

const again = (flags: RemedyFlags, variant: string, ...orders: readonly string[]) =>
  remedyCommand(flags, variant, "again", ...orders);

await main(() => run(program, again));
