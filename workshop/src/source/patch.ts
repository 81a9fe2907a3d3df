import {
  applyPatch,
  createTwoFilesPatch,
  FILE_HEADERS_ONLY,
  parsePatch,
  reversePatch,
  type StructuredPatch,
} from "diff";
import type { Tree } from "./tree.ts";

/** A change of several files: a unified diff, which applies to the very lines that it was made of. */
export interface Patch {
  /** The file that holds it, for a message. */
  readonly file: string;
  readonly text: string;
}

/** A patch that no longer fits the source that it was made for. */
export class PatchFailed extends Error {
  override readonly name = "PatchFailed";
  constructor(patch: Patch, file: string) {
    super(`${patch.file} does not apply to ${file}: the lines round its change are others now`);
  }
}

/** @throws PatchFailed */
export const applied = (tree: Tree, patch: Patch): Tree => patched(tree, parsePatch(patch.text), patch);

/** Takes a change back. @throws PatchFailed */
export const reversed = (tree: Tree, patch: Patch): Tree => patched(tree, reversePatch(parsePatch(patch.text)), patch);

const nowhere = "/dev/null";

function patched(tree: Tree, parts: readonly StructuredPatch[], patch: Patch): Tree {
  const files = new Map(tree);
  for (const part of parts) {
    const from = part.oldFileName ?? nowhere;
    const to = part.newFileName ?? nowhere;
    const before = from === nowhere ? "" : files.get(from);
    const after = before === undefined ? false : applyPatch(before, part);
    if (after === false) throw new PatchFailed(patch, from === nowhere ? to : from);
    files.delete(from);
    if (to !== nowhere) files.set(to, after);
  }
  return files;
}

/**
 * @param context how many lines round a change: a patch that is kept fits the longer the fewer it has
 * @returns a unified diff from one tree to the other; empty where they are the same
 */
export function difference(from: Tree, to: Tree, context = 3): string {
  const files = new Set([...from.keys(), ...to.keys()]).values().toArray().toSorted();
  return files
    .filter((file) => from.get(file) !== to.get(file))
    .map((file) => {
      const [before, after] = [from.get(file), to.get(file)];
      const names = [before === undefined ? nowhere : file, after === undefined ? nowhere : file] as const;
      const options = { context, headerOptions: FILE_HEADERS_ONLY };
      return createTwoFilesPatch(...names, before ?? "", after ?? "", undefined, undefined, options);
    })
    .join("");
}

/** How much a change is, in one package. */
export interface Footprint {
  readonly files: number;
  /** Added and removed. */
  readonly lines: number;
}

/** @returns by the package that the files are in; a moved line counts as one that went and one that came */
export function footprint(diff: string): Readonly<Record<string, Footprint>> {
  const sides: Record<string, Footprint> = {};
  for (const { oldFileName, newFileName, hunks } of diff === "" ? [] : parsePatch(diff)) {
    const file = newFileName === nowhere ? oldFileName! : newFileName!;
    const side = file.split("/")[0]!;
    const lines = hunks.flatMap((hunk) => hunk.lines).filter((line) => /^[+-]\s*\S/.test(line)).length;
    const { files, lines: before } = sides[side] ?? { files: 0, lines: 0 };
    sides[side] = { files: files + 1, lines: before + lines };
  }
  return sides;
}
