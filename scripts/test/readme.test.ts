import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { synthesizeWithoutCode, templateOf } from "../src/clouds/synthesize.ts";
import { scenarios } from "../src/orders/scenarios.ts";
import { mermaid } from "../src/page/flows/mermaid.ts";
import { renderDeclared } from "../src/report/render-declared.ts";
import { pair, variants } from "../src/variants.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const readme = readFileSync(join(root, "README.md"), "utf8");

/** Whatever somebody may come to read, but for what belongs to no commit. */
const documents = globSync("{*,docs/*,choreography/**/*,orchestration/**/*,workshop/**/*}.md", {
  cwd: root,
  exclude: ["**/node_modules/**", "**/cdk.out/**"],
});

test.each(documents)("%s names files that exist", (document) => {
  const text = readFileSync(join(root, document), "utf8");
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, path]) => join(dirname(document), path!));
  const paths = text.matchAll(
    /(?<![\w./])(?:shared|choreography|orchestration|local|scripts|workshop)\/[\w./-]+\.\w+/g,
  );
  const placeholder = /\b(?:NAME|WORD)\b/;
  for (const path of [...links, ...[...paths].map(([each]) => each)].filter((each) => !placeholder.test(each))) {
    expect(existsSync(join(root, path)), path).toBe(true);
  }
});

describe("the README", () => {
  test.each(variants)(
    "draws the $name as its template has it, here or in the folder of the variant",
    async (variant) => {
      const own = join(fileURLToPath(variant.folder), "README.md");
      const text = pair.includes(variant) ? readme : readFileSync(own, "utf8");
      expect(text).toContain(mermaid(variant.flow(templateOf(variant, await synthesizeWithoutCode(variant)))));
      // At most a screen: whoever wants more reads the source.
      if (!pair.includes(variant)) expect(text.split("\n").length).toBeLessThan(80);
    },
  );

  test("has the table of where variants end otherwise than the first, as they declare it", () => {
    expect(readme).toContain(renderDeclared(variants));
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
