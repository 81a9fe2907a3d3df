import { readFileSync, statSync } from "node:fs";
import { counted } from "../report/words.ts";
import { shellWord } from "../shell-word.ts";

/** Bytes up to which a file that is not NDJSON is read in full, only to tell in the error what it is. */
const mostBytes = 50_000_000;

/** What a file is that holds no order on any line, and how to make of it what it should be. */
export interface OtherFile {
  readonly is: string;
  readonly next: string;
}

/** @returns what the whole file is where it is JSON, but not one object a line; nothing where it is something else */
export function otherFile(file: string): OtherFile | undefined {
  if (statSync(file).size > mostBytes) return undefined;
  const text = readFileSync(file, "utf8")
    .replace(/^\uFEFF/, "")
    .trim();
  const json = parsed(text);
  if (Array.isArray(json)) {
    return {
      is: `a JSON array of ${counted(json.length, "value")}`,
      next: `jq -c '.[]' ${shellWord(file)} > orders.ndjson`,
    };
  }
  if (!/^\{\s*\n/.test(text)) return undefined;
  return { is: "JSON over several lines", next: `jq -c . ${shellWord(file)} > orders.ndjson` };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
