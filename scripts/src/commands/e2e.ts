import { fileURLToPath } from "node:url";
import { startVitest } from "vitest/node";
import { outputsOf } from "../clouds/find-stack.ts";
import { describeChoice, describeTarget, type Remote, remoteTarget, type TargetFlags } from "../clouds/target.ts";
import { exit, Failure } from "../failure.ts";
import { type CloudFinding, compareClouds } from "../judgement/compare-clouds.ts";
import { note, print } from "../terminal.ts";
import { pair } from "../variants.ts";

export interface E2eFlags extends TargetFlags {
  readonly against?: string;
}

declare module "vitest" {
  interface ProvidedContext {
    readonly e2e: { readonly target: Remote; readonly suffix: string };
  }
}

/** Real retries of AWS wait for minutes. */
const testTimeoutMs = { localstack: 120_000, aws: 20 * 60_000 };

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
  for (const variant of pair) await outputsOf(variant, target);
  const suffix = `-${Date.now().toString(36)}`;
  return flags.against ? againstEmbedded(target, suffix) : runSuite(target, suffix);
}

async function runSuite(target: Remote, suffix: string): Promise<number> {
  const vitest = await startVitest("test", [], {
    root: fileURLToPath(new URL("../../..", import.meta.url)),
    config: false,
    include: ["scripts/e2e/*.test.ts"],
    watch: false,
    reporters: ["verbose"],
    testTimeout: testTimeoutMs[target.kind],
    hookTimeout: 60_000,
    provide: { e2e: { target, suffix } },
  });
  const failed = vitest.state.getCountOfFailedTests() > 0 || vitest.state.getUnhandledErrors().length > 0;
  const files = vitest.state.getFiles();
  await vitest.close();
  return failed || files.length === 0 || files.some(({ result }) => result?.state !== "pass")
    ? exit.invalid
    : exit.valid;
}

async function againstEmbedded(target: Remote, suffix: string): Promise<number> {
  const found = await compareClouds(pair, target, suffix, (variant, { name }) => note(`${variant.name} ${name}\n`));
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
