import { execFileSync } from "node:child_process";
import { type Browser, chromium } from "playwright-core";

/** What Debian and others call it. */
const names = ["chromium", "chromium-browser", "google-chrome"];

/**
 * Starts the Chromium of this machine.
 * @throws Error where there is none
 */
export async function openChromium(): Promise<Browser> {
  const executablePath = process.env["CHROMIUM"] ?? names.map(pathOf).find((path) => path !== undefined);
  if (!executablePath)
    throw new Error(`none of ${names.join(", ")} is here: apt-get install chromium, or set CHROMIUM`);
  // Without its sandbox, since CI runs it as root; it shows nothing but our own file.
  return chromium.launch({ executablePath, args: ["--no-sandbox"] });
}

function pathOf(name: string): string | undefined {
  try {
    return execFileSync("which", [name], { encoding: "utf8" }).trim();
  } catch {
    return undefined;
  }
}
