import { main, run } from "../commands/command-line.ts";
import { destroyCommand } from "../commands/destroy.ts";
import { stackProgram } from "../commands/stack-program.ts";

const program = stackProgram("destroy", "Destroy a deployed variant and all it left behind.");

await main(() => run(program, destroyCommand));
