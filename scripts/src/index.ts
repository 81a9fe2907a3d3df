// What the workshop builds its commands with.
export { main, run } from "./commands/command-line.ts";
export { exit, Failure } from "./failure.ts";
export { columns, note, print, printable } from "./terminal.ts";
