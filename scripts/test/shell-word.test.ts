import { execFileSync } from "node:child_process";
import { Command } from "commander";
import { expect, test } from "vitest";
import { commandLine } from "../src/commands/line/command-line.ts";
import { shellWord, shellWords } from "../src/shell-word.ts";

const words = ["order-1", "two words", "it's", "", "$HOME", "`id`", "a;b|c&d", "*", "~", "</script>", "#1", '{"a":1}'];

test("A word that is printed in a command reaches the command as it was, whatever is in it", () => {
  const heard = execFileSync("sh", ["-c", `printf '%s\\n' ${words.map(shellWord).join(" ")}`], { encoding: "utf8" });
  expect(heard).toBe(`${words.join("\n")}\n`);
});

test("A word that needs no quotes has none", () => {
  expect(shellWords(["order-1", "happy/ShipOrder/table/throttle/1-try"])).toBe(
    "order-1 happy/ShipOrder/table/throttle/1-try",
  );
});

test("A word that begins with a dash is no flag", () => {
  const program = new Command().argument("<words...>").option("-x");
  program.parse(shellWords(["-x", "choreography"]).split(" "), { from: "user" });
  expect([program.args, program.opts()]).toEqual([["-x", "choreography"], {}]);
});

test("A command that is printed quotes its flags' values", () => {
  expect(commandLine("cost", { mix: "my mix.json", freeTier: true, names: ["a", "b c"] })).toBe(
    "pnpm cost --mix 'my mix.json' --free-tier --names a 'b c'",
  );
});
