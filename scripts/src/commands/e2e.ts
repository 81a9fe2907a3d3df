import { fileURLToPath } from "node:url";
import type { Variant } from "@ovsc/shared/variant";
import type { TaskMeta } from "vitest";
import { startVitest, type TestModule } from "vitest/node";
import { notPassed } from "../../e2e/listed.ts";
import { outputsOf } from "../clouds/find-stack.ts";
import { describeChoice, describeTarget, type Remote, remoteTarget, type TargetFlags } from "../clouds/target.ts";
import { exit, Failure } from "../failure.ts";
import { type CloudFinding, compareClouds } from "../judgement/compare-clouds.ts";
import { note, print } from "../terminal.ts";
import { chosenVariants } from "../variants.ts";

export interface E2eFlags extends TargetFlags {
  readonly against?: string;
  readonly variants?: string;
}

declare module "vitest" {
  interface ProvidedContext {
    readonly e2e: { readonly target: Remote; readonly suffix: string; readonly variants: readonly string[] };
  }
}

/** Real retries of AWS wait for minutes. An emulator on a busy machine loses functions to their time-outs. */
const testTimeoutMs = { localstack: 10 * 60_000, aws: 30 * 60_000 };

/**
 * `e2e`: the specification of the saga, or with `--against local` a comparison of two clouds, against deployed stacks.
 */
export async function e2eCommand(flags: E2eFlags): Promise<number> {
  const chosen = await remoteTarget(flags, "pnpm e2e");
  const { target } = chosen;
  note(`testing in ${describeChoice(chosen)}\n`);
  if (flags.against !== undefined && flags.against !== "local") {
    throw new Failure(`--against ${flags.against}: there is local`, {
      exitCode: exit.usage,
      next: "pnpm e2e --against local",
    });
  }
  const variants = chosenVariants(flags.variants).filter((variant) => isThere(variant, target));
  for (const variant of variants) await outputsOf(variant, target);
  const suffix = `-${Date.now().toString(36)}`;
  return flags.against ? againstEmbedded(variants, target, suffix) : runSuite(variants, target, suffix);
}

async function runSuite(variants: readonly Variant[], target: Remote, suffix: string): Promise<number> {
  const vitest = await startVitest("test", [], {
    root: fileURLToPath(new URL("../../..", import.meta.url)),
    config: false,
    include: ["scripts/e2e/*.test.ts"],
    watch: false,
    // A drill damages the stack that other tests use.
    fileParallelism: false,
    reporters: ["verbose"],
    testTimeout: testTimeoutMs[target.kind],
    hookTimeout: 60_000,
    provide: { e2e: { target, suffix, variants: variants.map(({ name }) => name) } },
  });
  const failed = vitest.state.getCountOfFailedTests() > 0 || vitest.state.getUnhandledErrors().length > 0;
  const missing = target.kind === "localstack" ? notPassed(variants, passedIn(vitest.state.getTestModules())) : [];
  for (const each of missing) print(`did not pass, and stands in scripts/e2e/localstack.json: ${each}\n`);
  await vitest.close();
  return failed || missing.length > 0 ? exit.invalid : exit.valid;
}

/** What the tests that passed say of themselves. */
const passedIn = (modules: readonly TestModule[]): TaskMeta[] =>
  modules.flatMap(({ children }) => [...children.allTests("passed")]).map((test) => test.meta());

/** Whether a variant can be deployed there; one that cannot is left out by name. */
function isThere({ name, notOnLocalStack }: Variant, target: Remote): boolean {
  if (target.kind !== "localstack" || notOnLocalStack === undefined) return true;
  note(`${name} is left out: LocalStack does not have it, since ${notOnLocalStack}\n`);
  return false;
}

async function againstEmbedded(variants: readonly Variant[], target: Remote, suffix: string): Promise<number> {
  const found = await compareClouds(variants, target, suffix, (variant, { name }) => note(`${variant.name} ${name}\n`));
  const unexplained = found.filter(({ because }) => because === undefined);
  for (const difference of found) print(`${render(difference)}\n`);
  print(
    `${describeTarget(target)} against the embedded cloud: ` +
      `${unexplained.length} unexplained differences, ${found.length - unexplained.length} explained\n`,
  );
  return unexplained.length === 0 ? exit.valid : exit.invalid;
}

function render({ variant, scenario, what, embedded, deployed, because }: CloudFinding): string {
  const values = `  embedded: ${JSON.stringify(embedded)}\n  deployed: ${JSON.stringify(deployed)}`;
  const title = `${because ? "explained" : "DIFFERENT"} ${variant} ${scenario} ${what}`;
  return [title, values, ...(because ? [`  because ${because}`] : [])].join("\n");
}
