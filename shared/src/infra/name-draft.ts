import { existsSync, renameSync, rmSync } from "node:fs";

/**
 * Gives a folder that was made under another name its own. Where another process was first, its folder stays and this
 * one goes: both were made of the same.
 */
export function nameDraft(draft: string, folder: string): void {
  try {
    renameSync(draft, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(draft, { recursive: true });
  }
}
