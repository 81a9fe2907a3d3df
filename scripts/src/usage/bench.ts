import { Command } from "commander";
import { benchCommand } from "../commands/bench.ts";
import { main, positive, run } from "../commands/line/command-line.ts";

const longRuns: readonly number[] = [10_000, 100_000];

const program = new Command("bench")
  .description("Measure speed as ratios within one run, and the memory of long runs.")
  .option(
    "--orders <n...>",
    "sizes of the long runs; 0 for none",
    (text: string, sizes: readonly number[]) => [
      ...(sizes === longRuns ? [] : sizes),
      text === "0" ? 0 : positive(text),
    ],
    longRuns,
  );

await main(() => run(program, benchCommand));
