import { deployCommand } from "../commands/deploy.ts";
import { main, positive, profileOption, run } from "../commands/line/command-line.ts";
import { stackProgram } from "../commands/line/stack-program.ts";

const program = stackProgram("launch", "Deploy a variant with the CDK, bootstrapping where needed.")
  .addOption(profileOption())
  .option("--approval-above <cents>", "orders above this wait for a person", positive);

await main(() => run(program, deployCommand));
