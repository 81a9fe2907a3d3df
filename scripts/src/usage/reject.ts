import { userInfo } from "node:os";
import { decideCommand } from "../commands/decide-approval.ts";
import { main, profileOption, run } from "../commands/line/command-line.ts";
import { deployedProgram } from "../commands/line/stack-program.ts";

const program = deployedProgram("reject", "Say no to an order that waits for a person in a deployed stack.")
  .argument("<order>", "the order")
  .option("--by <name>", "who decides", userInfo().username)
  .addOption(profileOption())
  .option("--json", "print the decision that counts as one JSON object");

await main(() => run(program, decideCommand("reject", "denied")));
