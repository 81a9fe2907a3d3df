// Starts a command, `node scripts/bin/run.mjs compare …`, on any Node.js: on an old one, a `.ts` file cannot even say
// what is missing.
import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import * as module from "node:module";
import { fileURLToPath } from "node:url";
import { way } from "./way.mjs";

/** The exit codes of `failure.ts` that are needed before it can be loaded. */
const exit = { usage: 2, unknown: 3, environment: 4 };

/** @param {string} path from this folder */
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const ownNodeFolder = here("../../node_modules/node");
const ownNode = `${ownNodeFolder}/bin/node${process.platform === "win32" ? ".exe" : ""}`;
const words = process.argv.slice(2);
const [command = ""] = words;
/** By its name, the file of each command line: a package may have some of its own. */
const usages = new Map(
  ["../../workshop/src/usage/", "../src/usage/", "../src/usage/experiments/"].flatMap((folder) =>
    (existsSync(here(folder)) ? readdirSync(here(folder)) : [])
      .filter((file) => file.endsWith(".ts"))
      .map((file) => [file.replace(/\.ts$/, ""), `${folder}${file}`]),
  ),
);

/** @type {(error: string, next: string, code: number) => void} */
const fail = (error, next, code) => {
  process.stderr.write(`error: ${error}\nnext: ${next}\n`);
  process.exitCode = code;
};

const usage = usages.get(command);
if (usage === undefined) {
  const what = command ? `unknown command ${JSON.stringify(command)}` : "no command";
  const names = [...usages.keys()];
  names.sort();
  fail(`${what}: there are ${names.join(", ")}`, "npx -y pnpm@12 compare", exit.usage);
} else {
  const found = way({
    node: process.versions.node,
    ownNode: existsSync(ownNode) ? "there" : existsSync(ownNodeFolder) ? "not built" : "missing",
    agent: process.env.npm_config_user_agent,
    words,
  });
  if ("error" in found) fail(found.error, found.next, exit.environment);
  else if (found.run === "in its own Node") runInOwnNode();
  else runHere(usage);
}

function runInOwnNode() {
  const child = spawn(ownNode, process.argv.slice(1), { stdio: "inherit" });
  // The terminal sends Ctrl-C to both: the command answers it, and this process waits for the answer.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  child.on("error", (error) => fail(`${ownNode} cannot be started: ${error.message}`, "npx -y pnpm@12 rebuild", 4));
  child.on("exit", (code, signal) => {
    if (signal === null) process.exitCode = code === null ? exit.unknown : code;
    else process.exitCode = signal === "SIGINT" ? 130 : exit.unknown;
  });
}

/** @param {string} file */
function runHere(file) {
  // Most of a short run is the loading of the CDK and of the AWS SDK.
  module.enableCompileCache();
  process.argv.splice(2, 1);
  import(file).catch((error) => {
    if (error.code !== "ERR_MODULE_NOT_FOUND" || !error.message.startsWith("Cannot find package")) throw error;
    const [what] = error.message.split(" imported from");
    fail(`${what}: an install is missing or not complete`, "npx -y pnpm@12 install", exit.environment);
  });
}
