import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { FlowEdge, Variant } from "@ovsc/shared/variant";

const root = fileURLToPath(new URL("../../../..", import.meta.url));

/** A line of the source. */
export interface SourceLine {
  /** From the root of the repository. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

/** The lines at which a person wrote an edge of a variant's flow: one, if the source is as the variant says. */
export function writtenAt({ folder }: Pick<Variant, "folder">, { written }: Pick<FlowEdge, "written">): SourceLine[] {
  const path = fileURLToPath(new URL(written.file, folder));
  const file = relative(root, path).replaceAll("\\", "/");
  return readFileSync(path, "utf8")
    .split("\n")
    .flatMap((text, index) => (written.line.test(text) ? [{ file, line: index + 1, text: text.trim() }] : []));
}
