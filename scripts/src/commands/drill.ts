import { confirm } from "../clouds/confirm.ts";
import { chooseTarget, describeChoice, type Remote, type TargetFlags } from "../clouds/target.ts";
import { type Drill, drills } from "../drills/drills.ts";
import type { DrillResult } from "../drills/result.ts";
import { runDeployedDrill } from "../drills/run-deployed-drill.ts";
import { runDrill } from "../drills/run-drill.ts";
import { exit, Failure } from "../failure.ts";
import { renderDrill } from "../report/render-drill.ts";
import { note, print } from "../terminal.ts";
import { chosenVariants } from "../variants.ts";
import { accountOf } from "./deploy.ts";

export interface DrillFlags extends TargetFlags {
  readonly variants?: string;
  readonly yes?: true;
  readonly json?: true;
}

/**
 * `drill [NAME…]`: breaks orders and brings them home, in the embedded cloud or in deployed stacks.
 * @returns its exit code
 */
export async function drillCommand(flags: DrillFlags, ...names: readonly string[]): Promise<number> {
  const { json } = flags;
  const drilled = names.length > 0 ? [...new Set(names)].map(drillNamed) : drills;
  const variants = chosenVariants(flags.variants);
  const chosen = await chooseTarget(flags);
  const { target } = chosen;
  note(`drilling in ${describeChoice(chosen)}\n`);
  if (target.kind !== "local")
    await mayBreak(
      target,
      variants.map(({ stackName }) => stackName),
      flags.yes === true,
    );
  const suffix = `-${Date.now().toString(36)}`;
  const results: DrillResult[] = [];
  for (const drill of drilled) {
    for (const variant of variants) {
      const result = await (target.kind === "local"
        ? runDrill(drill, variant)
        : runDeployedDrill(drill, variant, { target, suffix }));
      if (!result) continue;
      results.push(result);
      if (!json) print(`${renderDrill(result)}\n`);
    }
  }
  const failed = results.filter(({ findings }) => findings.length > 0).length;
  const verdict = results.length === 0 ? "unknown" : failed > 0 ? "invalid" : "valid";
  if (json) print(`${JSON.stringify({ verdict, drills: results }, null, 2)}\n`);
  note(`${results.length} drills, ${results.length - failed} brought their order home\n`);
  return exit[verdict];
}

/** Asks before a stack on AWS is damaged. */
async function mayBreak(target: Remote, stacks: readonly string[], yes: boolean): Promise<void> {
  const what = `take the table from functions of ${stacks.join(" and ")} for minutes, and give it back`;
  await confirm({ what, target, account: await accountOf(target), yes });
}

function drillNamed(name: string): Drill {
  const drill = drills.find((each) => each.name === name);
  if (drill) return drill;
  throw new Failure(`there is no drill ${name}: there are ${drills.map((each) => each.name).join(", ")}`, {
    exitCode: exit.usage,
    next: "pnpm drill, which runs them all",
  });
}
