import { Command } from "commander";
import { main, run } from "../commands/line/command-line.ts";
import { conformanceCommand } from "../conformance-command.ts";

const program = new Command("conformance")
  .description("Run cases that AWS recorded through the embedded cloud.")
  .argument("<files...>", "files of cases, one JSON object a line")
  .option("--json", "print one JSON object a file")
  .option("--write", "write the scores into FIDELITY.md");

await main(() => run(program, conformanceCommand));
