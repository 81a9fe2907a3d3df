import { execFileSync } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { variants } from "../src/variants.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const sources = globSync("{*,*/*}/{src,bin,test,e2e,mutants,conformance}/**/*.ts", {
  cwd: root,
  exclude: (path) => /(^|\/)(node_modules|cdk\.out)$|^lab$/.test(path),
});
/**
 * Labs have files of one name each, configurations stand where their tool looks for them, and what a browser or any
 * Node.js reads is no TypeScript.
 */
const others = globSync(
  ["workshop/{labs,bugs}/**/*.{ts,json}", "{,*/}*.config.ts", "scripts/{bin,src/page/browser}/*.{mjs,js,css}"],
  { cwd: root },
);
const textOf = (file: string): string => readFileSync(join(root, file), "utf8");

/**
 * Where a variant may be named: the registry, the course, which is about two, the change requests, whose patches bear
 * their names, and its own folder; and in tests.
 */
const mayNameVariants = [
  "scripts/src/variants.ts",
  "workshop/src/source/tree.ts",
  "scripts/src/footprint/requests.ts",
  ...variants.map(({ folder }) => relative(root, fileURLToPath(folder))),
];

/** The address of a page, which cannot be broken. */
const isAddress = (line: string) => /^ *\* https:\S+$/.test(line);

describe("the layout of the source", () => {
  test("has no file outside a variant's folder that asks which variant it has: ask the value instead", () => {
    const names = new RegExp(`["'\`](${variants.map(({ name }) => name).join("|")})["'\`]`);
    const asking = sources.filter(
      (file) =>
        !file.includes("/test/") &&
        !mayNameVariants.some((allowed) => file === allowed || file.startsWith(`${allowed}/`)) &&
        names.test(textOf(file)),
    );
    expect(asking).toEqual([]);
  });

  test.each(variants)(
    "has a suite in which the functions of the $name crash: three lines, like the others",
    ({ name }) => {
      expect(sources).toContain(`scripts/test/crashes/${name}.test.ts`);
      expect(textOf(`scripts/test/crashes/${name}.test.ts`)).toContain(`describeCrashes(variantNamed("${name}"))`);
    },
  );

  test("has for each command a file of its flags, one of what it does, and a script to type", () => {
    const { scripts } = JSON.parse(textOf("package.json")) as { scripts: Record<string, string> };
    const typed = Object.entries(scripts).filter(([, script]) => script.includes("run.mjs"));
    const commands = sources.flatMap(
      (file) => /^(?:scripts|workshop)\/src\/usage\/(?:.+\/)?(.+)\.ts$/.exec(file)?.slice(1) ?? [],
    );
    expect(Object.fromEntries(typed)).toEqual(
      Object.fromEntries(commands.map((name) => [name, `node scripts/bin/run.mjs ${name}`])),
    );
  });

  test("bundles no way of a client into a handler: no entry of a bundle leads to a variant", () => {
    const entries = sources.filter((file) => file.endsWith("/src/handler.ts"));
    expect(entries.length).toBeGreaterThanOrEqual(variants.length);
    const clients = ["@ovsc/shared/variant", "@aws-sdk/client-sfn", "@aws-sdk/client-sqs"];
    for (const entry of entries) {
      const reached = [...reachedFrom(entry)];
      expect(reached.length, entry).toBeGreaterThan(1);
      expect(
        reached.filter((each) => clients.includes(each) || each.includes("/variant/")),
        entry,
      ).toEqual([]);
    }
  });

  test("keeps every folder small enough to be read as a diagram: make a room inside one that grows", () => {
    const folders = Object.groupBy(sources, dirname);
    const large = Object.entries(folders).filter(
      ([folder, files = []]) => files.length > mostFiles && folder !== commandLines,
    );
    expect(large.map(([folder, files = []]) => `${folder}: ${files.length} files`)).toEqual([]);
  });

  test("keeps lines at 120 columns, strings and comments too: break the sentence", () => {
    const long = [...sources, ...others].flatMap((file) =>
      textOf(file)
        .split("\n")
        .flatMap((line, at) => (line.length > 120 && !isAddress(line) ? [`${file}:${at + 1}`] : [])),
    );
    expect(long).toEqual([]);
  });

  test.skipIf(!existsSync(join(root, ".git")))("commits nothing that git ignores: git rm --cached FILE", () => {
    const tracked = execFileSync("git", ["ls-files", "--cached", "--ignored", "--exclude-standard"], { cwd: root });
    expect(tracked.toString()).toBe("");
  });
});

const mostFiles = 22;
/** As long as the list of commands is: a file for each, and nothing else. */
const commandLines = "scripts/src/usage";

/** Files of the repository and packages of others that a module imports for more than a type, on whatever way. */
function reachedFrom(file: string, reached = new Set<string>()): Set<string> {
  if (reached.has(file)) return reached;
  reached.add(file);
  for (const [, from] of textOf(file).matchAll(/^(?:import|export)(?! type)[^;]*? from "([^"]+)";/gms)) {
    const path = from!.startsWith(".") ? join(dirname(file), from!) : siblingFile(from!);
    if (path) reachedFrom(path, reached);
    else reached.add(from!);
  }
  return reached;
}

/** The file that a sibling package exports under a name. */
function siblingFile(name: string): string | undefined {
  const [, sibling, entry = ""] = /^@ovsc\/([a-z]+)(\/.*)?$/.exec(name) ?? [];
  if (!sibling) return undefined;
  const { exports } = JSON.parse(textOf(`${sibling}/package.json`)) as { exports: Record<string, string> };
  return join(sibling, exports[`.${entry}`]!);
}
