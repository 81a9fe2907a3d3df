import { destroyCommand } from "../commands/destroy.ts";
import { main, run } from "../commands/line/command-line.ts";
import { stackProgram } from "../commands/line/stack-program.ts";

const program = stackProgram("destroy", "Destroy a deployed variant and all it left behind.");

await main(() => run(program, destroyCommand));
