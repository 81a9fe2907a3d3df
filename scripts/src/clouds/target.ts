import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { ClientConfig } from "@ovsc/shared/variant";
import { exit, Failure } from "../failure.ts";
import { shellWord } from "../shell-word.ts";

/** A cloud that a command can talk to. */
export type TargetCloud =
  | { readonly kind: "local" }
  | { readonly kind: "localstack"; readonly endpointUrl: string; readonly region: string }
  | { readonly kind: "aws"; readonly region: string };

/** A target that is not in this process. */
export type Remote = Exclude<TargetCloud, { kind: "local" }>;

export interface TargetFlags {
  readonly target?: string;
  readonly endpointUrl?: string;
}

const dotEnvFile = fileURLToPath(new URL("../../../.env", import.meta.url));
const defaultEndpointUrl = "http://localhost:4566";
const defaultRegion = "eu-west-2";

/** A target, and what said so. */
export interface Chosen {
  readonly target: TargetCloud;
  readonly because: string;
}

/**
 * Where a command goes, by one rule for all of them: `--endpoint-url`, then `--target`, then `AWS_ENDPOINT_URL` of the
 * environment or of `.env`, then the embedded cloud.
 * @throws Failure for an unknown target, flags that contradict each other, and an endpoint that is no URL
 */
export async function chooseTarget({ target, endpointUrl }: TargetFlags, dotEnv = dotEnvFile): Promise<Chosen> {
  const endpoint = "AWS_ENDPOINT_URL" in process.env ? "AWS_ENDPOINT_URL" : "AWS_ENDPOINT_URL in .env";
  // `.env` speaks of the emulator.
  if (target === undefined || target === "localstack") loadDotEnv(dotEnv);
  const fromEnvironment = process.env["AWS_ENDPOINT_URL"];
  if (endpointUrl !== undefined) {
    if (target !== undefined && target !== "localstack") {
      throw new Failure(`--endpoint-url goes with --target localstack, not with ${target}`, { exitCode: exit.usage });
    }
    return { target: localstack(endpointUrl), because: "as --endpoint-url says" };
  }
  const because = "as --target says";
  switch (target) {
    case undefined:
      return fromEnvironment
        ? { target: localstack(fromEnvironment), because: `as ${endpoint} says` }
        : { target: { kind: "local" }, because: "neither --target nor AWS_ENDPOINT_URL says otherwise" };
    case "local":
      return { target: { kind: "local" }, because };
    case "localstack":
      return { target: localstack(fromEnvironment || defaultEndpointUrl), because };
    case "aws":
      if (fromEnvironment) {
        throw new Failure(`--target aws, but AWS_ENDPOINT_URL is ${fromEnvironment}`, {
          exitCode: exit.usage,
          next: "unset AWS_ENDPOINT_URL, or use --target localstack",
        });
      }
      return { target: await aws(), because };
    default:
      throw new Failure(`unknown target ${target}: there are local, localstack and aws`, { exitCode: exit.usage });
  }
}

/** @param flag that only the embedded cloud can follow @throws Failure for any other target */
export function requireEmbedded({ target, because }: Chosen, flag: string): void {
  if (target.kind === "local") return;
  throw new Failure(`${flag} needs the embedded cloud, and the target is ${describeTarget(target)}: ${because}`, {
    exitCode: exit.usage,
    next: `${flag} … --target local`,
  });
}

/**
 * The target of a command that needs deployed stacks.
 * @param command as it is typed
 * @throws Failure for the embedded cloud, where nothing is deployed
 */
export async function remoteTarget(flags: TargetFlags, command: string): Promise<Chosen & { readonly target: Remote }> {
  const { target, because } = await chooseTarget(flags);
  if (target.kind !== "local") return { target, because };
  throw new Failure(`nothing is ever deployed to the embedded cloud, and that is the target: ${because}`, {
    exitCode: exit.usage,
    next: `${command} --target localstack, or --target aws`,
  });
}

function localstack(endpointUrl: string): Remote {
  if (!URL.canParse(endpointUrl)) {
    throw new Failure(`${endpointUrl} is no endpoint URL`, {
      exitCode: exit.usage,
      next: `--endpoint-url ${defaultEndpointUrl}`,
    });
  }
  return { kind: "localstack", endpointUrl, region: process.env["AWS_REGION"] ?? defaultRegion };
}

/** AWS in the Region of the environment or the profile, as the SDK finds it. */
async function aws(): Promise<Remote> {
  const { STSClient } = await import("@aws-sdk/client-sts");
  const region = await new STSClient({}).config.region().catch(() => defaultRegion);
  return { kind: "aws", region };
}

/** Reads `.env` of the repository; what the environment says already stands. */
function loadDotEnv(file: string): void {
  if (existsSync(file)) process.loadEnvFile(file);
}

/** For the person who reads it: which cloud a command goes to, and why to that one. */
export const describeChoice = ({ target, because }: Chosen): string => `${describeTarget(target)} (${because})`;

/** For the person who reads it: which cloud this is. */
export function describeTarget(target: TargetCloud): string {
  switch (target.kind) {
    case "local":
      return "the embedded cloud, in this process";
    case "localstack":
      return `LocalStack at ${target.endpointUrl}, ${target.region}`;
    case "aws":
      return `AWS, ${target.region}`;
  }
}

/** The flags that bring another command to the same deployed target. */
export const flagsFor = (target: Remote): string =>
  target.kind === "aws" ? " --target aws" : ` --endpoint-url ${shellWord(target.endpointUrl)}`;

/**
 * What every client of the AWS SDK is given to reach a deployed target. An emulator gets dummy credentials whatever the
 * environment holds, so that real ones never leave for it.
 */
export function clientConfig(target: Remote): ClientConfig {
  if (target.kind === "aws") return { region: target.region };
  return {
    endpoint: target.endpointUrl,
    // StartSyncExecution goes to another host on AWS, which an emulator does not have.
    disableHostPrefix: true,
    region: target.region,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  };
}

/** The same for a child process that brings its own SDK, such as the CDK CLI: its whole environment. */
export function environmentFor(target: Remote): NodeJS.ProcessEnv {
  if (target.kind === "aws") return { ...process.env, AWS_REGION: target.region };
  const others = Object.entries(process.env).filter(
    ([name]) => !/^AWS_(ENDPOINT_URL|SESSION_TOKEN|PROFILE|DEFAULT_PROFILE)/.test(name),
  );
  return {
    ...Object.fromEntries(others),
    AWS_ENDPOINT_URL: target.endpointUrl,
    AWS_REGION: target.region,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
  };
}
