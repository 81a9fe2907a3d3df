import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const packages = [
  "shared",
  "choreography",
  "choreography/chain",
  "orchestration",
  "orchestration/durable",
  "orchestration/express",
  "orchestration/hybrid",
  "local",
  "scripts",
  "workshop",
] as const;
type Package = (typeof packages)[number];

/** What a package is imported as, after `@ovsc/`: the last part of its folder. */
const importedAs = (name: Package): string => name.split("/").at(-1)!;

const sources = (name: Package) =>
  globSync(`${name}/{src,bin}/**/*.ts`, { cwd: root }).map((file) => ({
    file,
    text: readFileSync(root + file, "utf8"),
  }));

const beside = (...others: readonly Package[]): Package[] => packages.filter((name) => !others.includes(name));

/** Who may import whom. */
const mayImport: Readonly<Record<Package, readonly Package[]>> = {
  shared: [],
  choreography: ["shared"],
  "choreography/chain": ["shared"],
  orchestration: ["shared"],
  // The same definition, and nothing copied.
  "orchestration/durable": ["shared", "orchestration"],
  "orchestration/express": ["shared", "orchestration"],
  "orchestration/hybrid": ["shared", "orchestration"],
  local: [],
  scripts: beside("scripts", "workshop"),
  // It knows what a learner changes by its path alone, and runs it by the commands of the project.
  workshop: ["local", "scripts"],
};

describe("the source", () => {
  test("has no package of which nothing is said here: say whom it may import", () => {
    const [, list = ""] = /^packages:\n((?: {2}- .+\n)+)/.exec(readFileSync(`${root}pnpm-workspace.yaml`, "utf8"))!;
    expect(new Set([...list.matchAll(/- (.+)/g)].map(([, name]) => name))).toEqual(new Set(packages));
  });

  test.each(packages)("%s imports no sibling but those it may", (name) => {
    const files = sources(name);
    expect(files.length).toBeGreaterThan(0);
    for (const { file, text } of files) {
      const siblings = [...text.matchAll(/(?:from |import\()"@ovsc\/([a-z]+)/g)].map(([, sibling]) => sibling!);
      const allowed = mayImport[name].map(importedAs);
      expect(
        siblings.filter((sibling) => !allowed.includes(sibling)),
        file,
      ).toEqual([]);
      const outside = [...text.matchAll(/from "((?:\.\.\/)+)[^"]*"/g)].filter(
        ([, up]) => up!.split("/").length >= file.split("/").length - name.split("/").length + 1,
      );
      expect(
        outside.map(([found]) => found),
        `${file} reaches out of its package`,
      ).toEqual([]);
    }
  });

  test.each(packages)("%s names in its package.json every sibling it imports, and no other", (name) => {
    const { dependencies } = JSON.parse(readFileSync(`${root}${name}/package.json`, "utf8")) as {
      dependencies: Record<string, string>;
    };
    const named = Object.keys(dependencies).filter((dependency) => dependency.startsWith("@ovsc/"));
    const imported = sources(name).flatMap(({ text }) =>
      [...text.matchAll(/(?:from |import\()"(@ovsc\/[a-z]+)/g)].map(([, sibling]) => sibling!),
    );
    expect(named.toSorted()).toEqual([...new Set(imported)].toSorted());
  });

  // What a handler or the embedded cloud does must come out the same in every run.
  test.each(beside("scripts", "workshop"))("%s takes time, chance and ids only through ports", (name) => {
    const banned =
      /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\brandomUUID\(\)|(?<!\.)\bset(Timeout|Interval)\([^)]/;
    for (const { file, text } of sources(name).filter((each) => each.file !== "shared/src/aws/time.ts")) {
      const lines = text.split("\n").filter((line) => banned.test(line) && !/^\s*(\/\/|\*|\/\*)/.test(line));
      expect(lines, file).toEqual([]);
    }
  });

  test("names no version outside the catalog", () => {
    for (const name of packages) {
      const { dependencies } = JSON.parse(readFileSync(`${root}${name}/package.json`, "utf8")) as {
        dependencies: Record<string, string>;
      };
      expect(
        Object.values(dependencies).filter((version) => version !== "catalog:" && version !== "workspace:*"),
        name,
      ).toEqual([]);
    }
  });

  // Order ids, file contents and error messages are anybody's, and a terminal obeys what it is sent.
  test("prints only through what makes text printable", () => {
    for (const { file, text } of sources("scripts")) {
      if (["scripts/src/terminal.ts", "scripts/src/bench/measured-compare.ts"].includes(file)) continue;
      expect(text.match(/\bconsole\.\w+\(|\bstd(out|err)\.write\(/g), file).toBeNull();
    }
  });
});
