import { Command } from "commander";
import { main, run } from "../commands/line/command-line.ts";
import { reportCommand } from "../commands/report.ts";

const program = new Command("report")
  .description("Make the page of an earlier run, and its twin in Markdown, without running anything.")
  .option("--from <dir>", "folder with the files of the run (default: out in the repository)")
  .option("--out <file>", "the page to write (default: report.html in that folder); its twin ends in .md")
  .option("--open", "show it, where somebody sits at a terminal");

await main(() => run(program, reportCommand));
