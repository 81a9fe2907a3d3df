import { deployCommand } from "../commands/deploy.ts";
import { main, profileOption, run } from "../commands/line/command-line.ts";
import { stackProgram } from "../commands/line/stack-program.ts";

const program = stackProgram("launch", "Deploy a variant with the CDK, bootstrapping where needed.").addOption(
  profileOption(),
);

await main(() => run(program, deployCommand));
