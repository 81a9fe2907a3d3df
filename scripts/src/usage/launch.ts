import { main, profileOption, run } from "../commands/command-line.ts";
import { deployCommand } from "../commands/deploy.ts";
import { stackProgram } from "../commands/stack-program.ts";

const program = stackProgram("launch", "Deploy a variant with the CDK, bootstrapping where needed.").addOption(
  profileOption(),
);

await main(() => run(program, deployCommand));
