import { Command, InvalidArgumentError } from "commander";
import { sweepCommand } from "../../commands/experiments/sweep.ts";
import { main, run } from "../../commands/line/command-line.ts";

/** How many steps a generated saga has: with their undos they must fit a stack's 500 resources. */
function steps(text: string, before: readonly number[] | undefined): readonly number[] {
  const value = Number(text);
  if (!(Number.isInteger(value) && value >= 2 && value <= 32))
    throw new InvalidArgumentError("whole numbers from 2 to 32 are wanted");
  return [...(before === usual ? [] : (before ?? [])), value];
}
const usual = [2, 4, 8];

const program = new Command("sweep")
  .description("Generate sagas of growing size in both styles, run them, and show what each takes.")
  .option("--steps <counts...>", "steps of the sagas", steps, usual)
  .option("--json", "print one JSON object")
  .option("--out <dir>", "folder for sweep.json (default: out in the repository)");

await main(() => run(program, sweepCommand));
