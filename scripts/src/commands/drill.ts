import { type Drill, drills } from "../drills/drills.ts";
import { type DrillResult, runDrill } from "../drills/run-drill.ts";
import { exit, Failure } from "../failure.ts";
import { renderDrill } from "../report/render-drill.ts";
import { note, print } from "../terminal.ts";
import { pair as variants } from "../variants.ts";

/** `drill [NAME…]`: breaks orders and brings them home, in the embedded cloud. @returns its exit code */
export async function drillCommand({ json }: { readonly json?: true }, ...names: readonly string[]): Promise<number> {
  const chosen = names.length > 0 ? [...new Set(names)].map(drillNamed) : drills;
  const results: DrillResult[] = [];
  for (const drill of chosen) {
    for (const variant of variants) {
      const result = await runDrill(drill, variant);
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

function drillNamed(name: string): Drill {
  const drill = drills.find((each) => each.name === name);
  if (drill) return drill;
  throw new Failure(`there is no drill ${name}: there are ${drills.map((each) => each.name).join(", ")}`, {
    exitCode: exit.usage,
    next: "pnpm drill, which runs them all",
  });
}
