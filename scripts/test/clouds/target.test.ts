import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { bootstrapping, confirm } from "../../src/clouds/confirm.ts";
import { chooseTarget, describeChoice, remoteTarget } from "../../src/clouds/target.ts";
import { exit } from "../../src/failure.ts";

const dotEnv = join(mkdtempSync(join(tmpdir(), "env-")), ".env");
writeFileSync(dotEnv, "AWS_ENDPOINT_URL=http://localhost:4566\nAWS_REGION=eu-west-2\n");
const noDotEnv = `${dotEnv}.none`;
const names = ["AWS_ENDPOINT_URL", "AWS_REGION"] as const;
const kept = names.map((name) => process.env[name]);
const said = async (...args: Parameters<typeof chooseTarget>) => describeChoice(await chooseTarget(...args));

beforeEach(() => {
  for (const name of names) delete process.env[name];
});
afterEach(() => {
  for (const [index, name] of names.entries()) {
    if (kept[index] === undefined) delete process.env[name];
    else process.env[name] = kept[index];
  }
  vi.restoreAllMocks();
});

describe("which cloud a command goes to", () => {
  test("is the one of --endpoint-url, before all else", async () => {
    process.env["AWS_ENDPOINT_URL"] = "http://localhost:1";
    expect(await said({ endpointUrl: "http://localhost:2" }, dotEnv)).toBe(
      "LocalStack at http://localhost:2, eu-west-2 (as --endpoint-url says)",
    );
  });

  test("is that of --target next, whatever .env says", async () => {
    expect(await said({ target: "local" }, dotEnv)).toBe("the embedded cloud, in this process (as --target says)");
    expect(await said({ target: "aws" }, dotEnv)).toBe("AWS, eu-west-2 (as --target says)");
    expect(await said({ target: "localstack" }, dotEnv)).toBe(
      "LocalStack at http://localhost:4566, eu-west-2 (as --target says)",
    );
  });

  test("is that of AWS_ENDPOINT_URL next, in the environment before .env", async () => {
    expect(await said({}, dotEnv)).toBe(
      "LocalStack at http://localhost:4566, eu-west-2 (as AWS_ENDPOINT_URL in .env says)",
    );
    process.env["AWS_ENDPOINT_URL"] = "http://localhost:1";
    expect(await said({}, dotEnv)).toBe("LocalStack at http://localhost:1, eu-west-2 (as AWS_ENDPOINT_URL says)");
  });

  test("is the embedded one where nothing says otherwise", async () => {
    expect(await said({}, noDotEnv)).toBe(
      "the embedded cloud, in this process (neither --target nor AWS_ENDPOINT_URL says otherwise)",
    );
  });

  test("is refused where it is the embedded one and something must be deployed", async () => {
    await expect(remoteTarget({ target: "local" }, "pnpm launch choreography")).rejects.toMatchObject({
      exitCode: exit.usage,
      message: expect.stringContaining("next: pnpm launch choreography --target localstack, or --target aws"),
    });
  });

  test("is refused where --target aws and AWS_ENDPOINT_URL contradict each other", async () => {
    process.env["AWS_ENDPOINT_URL"] = "http://localhost:1";
    await expect(chooseTarget({ target: "aws" }, dotEnv)).rejects.toMatchObject({ exitCode: exit.usage });
  });
});

describe("before AWS is touched", () => {
  const intent = { target: { kind: "aws", region: "eu-west-2" }, account: "123456789012" } as const;

  test("what is to be done is asked by its name, with the rights it hands out", async () => {
    vi.spyOn(process, "stdin", "get").mockReturnValue({ isTTY: false } as typeof process.stdin);
    await expect(confirm({ ...intent, what: bootstrapping, yes: false })).rejects.toMatchObject({
      exitCode: exit.usage,
      message: expect.stringMatching(/account 123456789012, eu-west-2: .*CDKToolkit.*AdministratorAccess/),
    });
  });

  test("nothing is asked after --yes, nor for an emulator", async () => {
    await confirm({ ...intent, what: bootstrapping, yes: true });
    const target = { kind: "localstack", endpointUrl: "http://localhost:4566", region: "eu-west-2" } as const;
    await confirm({ ...intent, target, what: bootstrapping, yes: false });
  });
});
