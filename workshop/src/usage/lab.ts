import { exit, main, note, print } from "@ovsc/scripts";
import { Command, CommanderError } from "commander";

/** What a command line does: its flags, then its words. */
type Act = (flags: object, ...words: string[]) => Promise<number>;

let code: number = exit.valid;
/** A command line is loaded when it is used: a list or a hint needs no cloud. */
const does =
  (load: () => Promise<Act>) =>
  async (...given: unknown[]): Promise<void> => {
    const act = await load();
    const command = given.at(-1) as Command;
    code = await act(command.opts(), ...command.args);
  };

const program = new Command("lab")
  .description("The course: checks the current lab, and again whenever you save.")
  .enablePositionalOptions()
  .exitOverride()
  .configureOutput({ writeOut: print, writeErr: note })
  .showHelpAfterError()
  .action(does(async () => (await import("../commands/watch.ts")).watchCommand));

program
  .command("list")
  .description("every lab, and how far you are")
  .option("--json", "print one JSON object")
  .action(does(async () => (await import("../commands/list.ts")).listCommand));
program
  .command("start")
  .description("begin a lab; what you had is kept")
  .argument("<lab>", "its number")
  .action(does(async () => (await import("../commands/start.ts")).startCommand));
program
  .command("bug")
  .description("plant a bug, to be found from report and trace, then mended")
  .argument("<number>")
  .argument("[style]", "choreography (as if not given) or orchestration")
  .action(does(async () => (await import("../commands/start.ts")).bugCommand));
program
  .command("next")
  .description("begin the lab after this one")
  .action(does(async () => (await import("../commands/start.ts")).nextCommand));
program
  .command("predict")
  .description("what the lab asks before you run anything, and what you say to it")
  .argument("[name]", "which question")
  .argument("[words...]", "what you expect")
  .action(does(async () => (await import("../commands/words.ts")).predictCommand));
program
  .command("check")
  .description("check your copy once")
  .argument("[lab]", "its number (default: the one you started)")
  .option("--json", "print one JSON object")
  .action(does(async () => (await import("../commands/check.ts")).checkCommand));
program
  .command("answer")
  .description("the lab's questions about your own run, and your answers")
  .argument("[name]", "which question")
  .argument("[words...]", "your answer")
  .action(does(async () => (await import("../commands/words.ts")).answerCommand));
program
  .command("run")
  .description("a command of the project on your copy, such as compare or trace")
  .argument("<command...>")
  .passThroughOptions()
  .action(does(async () => (await import("../commands/run.ts")).runCommand));
program
  .command("hint")
  .description("the next hint for the task that you are at")
  .argument("[task]")
  .action(does(async () => (await import("../commands/hint.ts")).hintCommand));
program
  .command("diff")
  .description("what you changed")
  .action(does(async () => (await import("../commands/diff.ts")).diffCommand));
program
  .command("reset")
  .description("the lab's start once more; asks, and keeps what you had")
  .option("--yes", "do not ask")
  .action(does(async () => (await import("../commands/replace.ts")).resetCommand));
program
  .command("solve")
  .description("the reference change; asks, and keeps what you had")
  .option("--yes", "do not ask")
  .action(does(async () => (await import("../commands/replace.ts")).solveCommand));

program
  .command("slides")
  .description("for whoever teaches: the decks as HTML, in out/slides")
  .argument("[deck]", "its number or name (default: all)")
  .option("--seed <number>", "of the runs that figures come from (default: 1)")
  .action(does(async () => (await import("../commands/slides.ts")).slidesCommand));

const dev = program.command("dev").description("for whoever writes labs: see workshop/README.md");
dev
  .command("check")
  .description("whether each lab does what it says: starts fail, solutions pass, wrong answers get their hints")
  .argument("[labs...]", "their numbers, or bugs (default: all)")
  .action(does(async () => (await import("../commands/dev.ts")).devCheckCommand));
dev
  .command("walk")
  .description("go through labs by their texts alone, and print what is typed and what comes back")
  .argument("[labs...]", "their numbers (default: 00 to 03, and a planted bug)")
  .action(does(async () => (await import("../commands/walk.ts")).devWalkCommand));
dev
  .command("write")
  .description("put a state of a lab into lab/: start, solution, or wrong/NAME")
  .argument("<lab>")
  .argument("<state>")
  .action(does(async () => (await import("../commands/dev.ts")).devWriteCommand));
dev
  .command("patch")
  .description("make a patch of a lab from what is in lab/: given, solution, or wrong/NAME")
  .argument("<lab>")
  .argument("<patch>")
  .action(does(async () => (await import("../commands/dev.ts")).devPatchCommand));

await main(async () => {
  try {
    await program.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exit.valid : exit.usage;
    throw error;
  }
  return code;
});
