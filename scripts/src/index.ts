// What the workshop builds its commands with.
export { main, run } from "./commands/line/command-line.ts";
export { exit, Failure } from "./failure.ts";
export { counted } from "./report/words.ts";
export { columns, note, print, printable } from "./terminal.ts";
