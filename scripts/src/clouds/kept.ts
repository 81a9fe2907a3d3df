import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { nameDraft } from "@ovsc/shared/name-draft";

/** How long what nobody asked for again is kept, in milliseconds. */
const keptMs = 24 * 60 * 60_000;

/**
 * Makes a folder under the name of what it was made from, unless it is there already.
 * @param out where it is kept, among others
 * @param hash of what it is made from
 * @param make fills an empty folder
 */
export async function kept(out: string, hash: string, make: (draft: string) => Promise<void>): Promise<string> {
  const folder = join(out, hash);
  if (existsSync(folder)) {
    const now = new Date();
    utimesSync(folder, now, now);
    return folder;
  }
  mkdirSync(out, { recursive: true });
  prune(out);
  // Several processes may do this at once: each in a folder of its own, and the first to be done gives it its name.
  const draft = mkdtempSync(join(out, "draft-"));
  try {
    await make(draft);
  } catch (error) {
    rmSync(draft, { recursive: true });
    throw error;
  }
  nameDraft(draft, folder);
  return folder;
}

function prune(out: string): void {
  for (const name of readdirSync(out)) {
    const folder = join(out, name);
    // Another process may have given its draft a name meanwhile.
    const { mtimeMs } = statSync(folder, { throwIfNoEntry: false }) ?? { mtimeMs: Date.now() };
    if (Date.now() - mtimeMs > keptMs) rmSync(folder, { recursive: true, force: true });
  }
}
