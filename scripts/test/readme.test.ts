import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rules } from "@ovsc/choreography";
import { describe, expect, test } from "vitest";
import { synthesize } from "../src/clouds/synthesize.ts";
import { scenarios } from "../src/orders/scenarios.ts";
import { choreographyDiagram, orchestrationDiagram } from "../src/report/diagrams.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const readme = readFileSync(join(root, "README.md"), "utf8");

describe("the README", () => {
  test("draws the choreography as its rule table has it", () => {
    expect(readme).toContain(choreographyDiagram(rules));
  });

  test("draws the orchestration as its definition has it", async () => {
    interface Template {
      readonly Resources: Readonly<
        Record<
          string,
          {
            readonly Type: string;
            readonly Properties: { readonly DefinitionString?: { "Fn::Join": [string, unknown[]] } };
          }
        >
      >;
    }
    const file = join(await synthesize("orchestration"), "ovsc-orchestration.template.json");
    const { Resources } = JSON.parse(readFileSync(file, "utf8")) as Template;
    const machine = Object.values(Resources).find(({ Type }) => Type === "AWS::StepFunctions::StateMachine")!;
    const text = machine.Properties.DefinitionString!["Fn::Join"][1].map((part) =>
      typeof part === "string" ? part : "arn",
    ).join("");
    expect(readme).toContain(orchestrationDiagram((JSON.parse(text) as { States: never }).States));
  });

  test("names every scenario, and every command it shows exists", () => {
    for (const { name } of scenarios) expect(readme).toContain(`\`${name}\``);
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
      scripts: Record<string, string>;
    };
    const commands = [...readme.matchAll(/(?:^|`)(?:npx -y )?pnpm(?:@12)? (?:run )?([a-z0-9]+)/gm)].map(
      ([, command]) => command!,
    );
    expect(commands.length).toBeGreaterThan(5);
    for (const command of new Set(commands)) expect(["install", ...Object.keys(scripts)]).toContain(command);
  });
});
