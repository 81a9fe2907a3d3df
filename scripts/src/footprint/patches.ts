import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Variant } from "@ovsc/shared/variant";
import { applyPatch, parsePatch, type StructuredPatch } from "diff";

/** How much a patch changes. */
export interface Size {
  readonly files: number;
  /** Lines added and lines taken away: one that moves is both. */
  readonly lines: number;
}

/** Who a patch belongs to: the folder of a variant, which two may share, or `shared` for what all of them need. */
export type Owner = string;

export const ownerOf = ({ folder }: Pick<Variant, "folder">): Owner => basename(fileURLToPath(folder));

/** @returns the files that a request changes for an owner: none where it has nothing to change */
export function patchOf(request: string, owner: Owner): readonly StructuredPatch[] {
  const file = fileURLToPath(new URL(`../../footprint/${request}/${owner}.patch`, import.meta.url));
  return existsSync(file) ? parsePatch(readFileSync(file, "utf8")) : [];
}

export const sizeOf = (patch: readonly StructuredPatch[]): Size => ({
  files: patch.length,
  lines: patch.flatMap(({ hunks }) => hunks.flatMap(({ lines }) => lines)).filter((line) => /^[+-]/.test(line)).length,
});

/** The file that a part of a patch changes or makes, from the root of the project. */
export const fileOf = ({ newFileName }: StructuredPatch): string => newFileName!.replace(/^b\//, "");

/**
 * Applies a patch to the files of a folder.
 * @throws PatchFailed where a file is not as the patch knows it
 */
export function apply(patch: readonly StructuredPatch[], folder: string): void {
  for (const part of patch) {
    const file = join(folder, fileOf(part));
    const isNew = part.oldFileName === "/dev/null";
    const patched = isNew || existsSync(file) ? applyPatch(isNew ? "" : readFileSync(file, "utf8"), part) : false;
    if (patched === false) throw new PatchFailed(fileOf(part));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, patched);
  }
}

/** A file has changed where the patch changes it: the patch has to be made anew. */
export class PatchFailed extends Error {
  override readonly name = "PatchFailed";
  constructor(file: string) {
    super(`the patch does not apply to ${file}: make it anew in scripts/footprint/`);
  }
}
