import { existsSync, mkdirSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { projectRoot } from "../lab/states.ts";
import { packages, papers, type Tree } from "../source/tree.ts";

/** What makes a folder with the packages a workspace of its own, for Node.js, an editor and the type checker. */
const settings: Readonly<Record<string, string>> = {
  "pnpm-workspace.yaml": `packages:\n${packages.map((name) => `  - ${name}\n`).join("")}`,
  "package.json": json({
    private: true,
    type: "module",
    scripts: { lab: "node ../scripts/bin/run.mjs lab" },
  }),
  "tsconfig.json": json({
    extends: join(projectRoot, "tsconfig.json"),
    compilerOptions: {
      typeRoots: [join(projectRoot, "node_modules/@types")],
    },
    include: ["*/src/**/*.ts", "*/*/src/**/*.ts", `${papers}/*.ts`],
    exclude: ["**/node_modules"],
  }),
};

/**
 * Writes a workspace of the packages, in which `@ovsc/*` are its own and everything else is what the project has
 * installed: links, and no network. What was in the packages and papers before is gone; what else is in the folder
 * stays.
 */
export function writeCopy(folder: string, tree: Tree): void {
  for (const name of [papers, ...packages.map((each) => join(each, "src"))])
    rmSync(join(folder, name), { recursive: true, force: true });
  for (const [file, text] of [...tree, ...Object.entries(settings)]) {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  for (const name of packages) {
    link(join(folder, name), join(folder, "node_modules/@ovsc", basename(name)));
    linkInstalled(join(projectRoot, name, "node_modules"), join(folder, name, "node_modules"));
    // Cloud assemblies are kept by the hash of their source, so that a copy finds what was made of the same before.
    const kept = join(projectRoot, name, "cdk.out");
    mkdirSync(kept, { recursive: true });
    link(kept, join(folder, name, "cdk.out"));
    for (const own of packages) link(join(folder, own), join(folder, name, "node_modules/@ovsc", basename(own)));
  }
}

function linkInstalled(from: string, to: string): void {
  for (const name of readdirSync(from)) {
    if (name === "@ovsc" || name.startsWith(".")) continue;
    if (name.startsWith("@")) linkInstalled(join(from, name), join(to, name));
    else link(realpathSync(join(from, name)), join(to, name));
  }
}

function link(target: string, path: string): void {
  if (existsSync(path)) return;
  mkdirSync(dirname(path), { recursive: true });
  rmSync(path, { force: true });
  // A junction needs no right that Windows does not give; elsewhere the word means nothing.
  symlinkSync(target, path, "junction");
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
