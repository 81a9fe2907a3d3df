import { existsSync } from "node:fs";
import { profiles } from "@ovsc/shared";
import { type Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { exit, Failure } from "../../failure.ts";
import { shellWord } from "../../shell-word.ts";
import { note, print } from "../../terminal.ts";

/** Runs a command: prints a Failure without its stack, anything else (a bug) with it, and sets the exit code. */
export async function main(command: () => Promise<number>): Promise<void> {
  const output = watchOutput();
  // pnpm runs a command in the folder of its package: paths are meant from where they were typed.
  const typedIn = process.env["INIT_CWD"];
  if (typedIn !== undefined && existsSync(typedIn)) process.chdir(typedIn);
  const ended = await command().catch((error: unknown) => {
    if (error instanceof Failure) {
      note(`error: ${error.message}\n`);
      return error.exitCode;
    }
    note(`${error instanceof Error ? error.stack : String(error)}\n`);
    return exit.unknown;
  });
  // What was written last fails only once this is over.
  process.exitCode = output.failed ? exit.environment : ended;
}

/**
 * Reports in a sentence that stdout cannot be written to. A reader that closes the pipe, such as `head`, leaves the
 * exit code as it is. A full disk changes it, since the file holds only a part of the output.
 */
function watchOutput(): { readonly failed: boolean } {
  const output = { failed: false };
  process.stdout.once("error", ({ code, message }: NodeJS.ErrnoException) => {
    process.stdout.on("error", () => {});
    if (code === "EPIPE") {
      note("stdout was closed by its reader, so the rest is not printed\n");
      return;
    }
    note(`error: cannot write to stdout: ${message}\nnext: make room, or send it elsewhere\n`);
    output.failed = true;
    process.exitCode = exit.environment;
  });
  // Where stderr itself is closed, there is nowhere to report to.
  process.stderr.on("error", () => {});
  return output;
}

/** What a command does with its flags and its other words. @returns the exit code */
export type Act<Flags> = (flags: Flags, ...words: string[]) => Promise<number>;

/**
 * Parses the command line and runs the command.
 * @returns the command's exit code; `usage` for a command line that is wrong, which commander has explained by then
 */
export async function run<Flags extends object>(program: Command, command: Act<Flags>): Promise<number> {
  try {
    program.exitOverride().showHelpAfterError().configureOutput({ writeOut: print, writeErr: note }).parse();
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exit.valid : exit.usage;
    throw error;
  }
  return command(program.opts<Flags>(), ...program.args);
}

/** `--profile`: the retry budget that the stacks are synthesized with. */
export const profileOption = (): Option =>
  new Option("--profile <name>", "retries: the same in all variants, or as AWS advises for each style")
    .choices(profiles)
    .default("equal");

/**
 * The command line that does the same again.
 * @param flags as they were given; undefined ones, and those that are as usual, are left out
 */
export function commandLine(name: string, flags: object, usual: Readonly<Record<string, unknown>> = {}): string {
  const words = Object.entries(flags)
    .filter(([flag, value]) => value !== undefined && value !== usual[flag])
    .map(([flag, value]) =>
      value === true ? ` --${kebab(flag)}` : ` --${kebab(flag)} ${[value].flat().map(String).map(shellWord).join(" ")}`,
    );
  return `pnpm ${name}${words.join("")}`;
}

const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** A count on the command line. */
export function positive(text: string): number {
  if (!/^[1-9][0-9]{0,8}$/.test(text)) throw new InvalidArgumentError("a whole number from 1 to 999999999 is wanted");
  return Number(text);
}

/** A seed on the command line: 32 bits. */
export function seedNumber(text: string): number {
  const seed = /^[0-9]{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(seed < 2 ** 32)) throw new InvalidArgumentError("a whole number from 0 to 4294967295 is wanted");
  return seed;
}

/** Milliseconds on the command line: no step of a saga takes longer than Lambda lets it, 900 s. */
export function milliseconds(text: string): number {
  const value = /^[0-9]{1,6}(\.[0-9]+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!(value <= 900_000)) throw new InvalidArgumentError("milliseconds from 0 to 900000 are wanted");
  return value;
}
