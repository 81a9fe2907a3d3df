import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Variant } from "@ovsc/shared/variant";
import * as z from "zod";
import { exit, Failure } from "../failure.ts";
import type { Remote } from "./target.ts";

const LastDeploy = z.object({
  target: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("localstack"), endpointUrl: z.string(), region: z.string() }),
    z.object({ kind: z.literal("aws"), region: z.string() }),
  ]),
  outputs: z.record(z.string(), z.string()),
});

/** `deployed.json` in the variant's folder, which git ignores: where the last deploy went, and what it made. */
const fileOf = (variant: Variant): string => fileURLToPath(new URL("deployed.json", variant.folder));

export function rememberDeploy(variant: Variant, target: Remote, outputs: object): void {
  writeFileSync(fileOf(variant), `${JSON.stringify({ target, outputs }, null, 2)}\n`);
}

export const forgetDeploy = (variant: Variant): void => rmSync(fileOf(variant), { force: true });

/** @returns where the variant was last deployed, or nothing @throws Failure for a file that somebody changed */
export function lastDeploy(variant: Variant): Remote | undefined {
  const file = fileOf(variant);
  if (!existsSync(file)) return undefined;
  try {
    return LastDeploy.parse(JSON.parse(readFileSync(file, "utf8"))).target;
  } catch (error) {
    throw new Failure(`${file} does not say where ${variant.name} was deployed`, {
      exitCode: exit.environment,
      next: `pnpm --filter ./${variant.name} run deploy`,
      cause: error,
    });
  }
}
