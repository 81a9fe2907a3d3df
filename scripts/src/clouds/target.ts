import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { exit, Failure } from "../failure.ts";

/** A cloud that a command can talk to. */
export type Target =
  | { readonly kind: "local" }
  | { readonly kind: "localstack"; readonly endpointUrl: string; readonly region: string }
  | { readonly kind: "aws"; readonly region: string };

/** A target that is not in this process. */
export type Remote = Exclude<Target, { kind: "local" }>;

export interface TargetFlags {
  readonly target?: string;
  readonly endpointUrl?: string;
}

const defaultEndpointUrl = "http://localhost:4566";
const defaultRegion = "eu-west-2";

/**
 * Where a command goes: `--endpoint-url`, then `--target`, then `AWS_ENDPOINT_URL`, then `otherwise`.
 * @throws Failure for an unknown target, flags that contradict each other, and an endpoint that is no URL
 */
export async function chooseTarget({ target, endpointUrl }: TargetFlags, otherwise: Target): Promise<Target> {
  if (endpointUrl !== undefined) {
    if (target !== undefined && target !== "localstack") {
      throw new Failure(`--endpoint-url goes with --target localstack, not with ${target}`, { exitCode: exit.usage });
    }
    return localstack(endpointUrl);
  }
  switch (target) {
    case undefined: {
      const fromEnvironment = process.env["AWS_ENDPOINT_URL"];
      return fromEnvironment ? localstack(fromEnvironment) : otherwise;
    }
    case "local":
      return { kind: "local" };
    case "localstack":
      loadDotEnv();
      return localstack(process.env["AWS_ENDPOINT_URL"] ?? defaultEndpointUrl);
    case "aws":
      if (process.env["AWS_ENDPOINT_URL"]) {
        throw new Failure(`--target aws, but AWS_ENDPOINT_URL is ${process.env["AWS_ENDPOINT_URL"]}`, {
          exitCode: exit.usage,
          next: "unset AWS_ENDPOINT_URL, or use --target localstack",
        });
      }
      return aws();
    default:
      throw new Failure(`unknown target ${target}: there are local, localstack and aws`, { exitCode: exit.usage });
  }
}

/** What a deploy without flags means: the endpoint that `.env` or the environment names, otherwise AWS. */
export async function deployTarget(flags: TargetFlags): Promise<Remote> {
  if (flags.target === undefined && flags.endpointUrl === undefined) loadDotEnv();
  return remote(await chooseTarget(flags, await aws()));
}

/** @throws Failure for the embedded cloud, where nothing is deployed */
export function remote(target: Target): Remote {
  if (target.kind !== "local") return target;
  throw new Failure("nothing is ever deployed to the embedded cloud", {
    exitCode: exit.usage,
    next: "pnpm compare, or --target localstack",
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
function loadDotEnv(): void {
  const file = fileURLToPath(new URL("../../../.env", import.meta.url));
  if (existsSync(file)) process.loadEnvFile(file);
}

/** For the person who reads it: which cloud this is. */
export function describeTarget(target: Target): string {
  switch (target.kind) {
    case "local":
      return "the embedded cloud, in this process";
    case "localstack":
      return `LocalStack at ${target.endpointUrl}, ${target.region}`;
    case "aws":
      return `AWS, ${target.region}`;
  }
}

/**
 * What every client of the AWS SDK is given to reach a deployed target. An emulator gets dummy credentials whatever the
 * environment holds, so that real ones never leave for it.
 */
export function clientConfig(target: Remote): ClientConfig {
  if (target.kind === "aws") return { region: target.region };
  return {
    endpoint: target.endpointUrl,
    region: target.region,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  };
}

export interface ClientConfig {
  readonly endpoint?: string;
  readonly region: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
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
