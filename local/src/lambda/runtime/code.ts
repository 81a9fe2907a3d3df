import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { UnknownFeature } from "../../errors.ts";
import { compileFile, ecmaScriptModule } from "./compiled-file.ts";
import { taskRoot } from "./task-files.ts";

/**
 * Looks at a function's code before anything runs. Code that would fail on Lambda is let pass, to fail here as well.
 * @throws UnknownFeature for ECMAScript modules, and for code that leaves the SDK to Lambda's runtime
 */
export function checkCode(codeFolder: string, handler: string): void {
  const stem = handler.slice(0, handler.lastIndexOf("."));
  const script = [".js", ".cjs"].map((ending) => stem + ending).find((file) => existsSync(join(codeFolder, file)));
  const isModule = script
    ? script.endsWith(".js") && saysModule(codeFolder)
    : existsSync(join(codeFolder, `${stem}.mjs`));
  if (isModule) throw new UnknownFeature(ecmaScriptModule, `${codeFolder}, ${handler}`);
  if (script === undefined) return;
  try {
    compileFile(join(codeFolder, script), `${taskRoot}/${script}`);
  } catch (error) {
    if (error instanceof UnknownFeature) throw error;
  }
}

function saysModule(codeFolder: string): boolean {
  const path = join(codeFolder, "package.json");
  return existsSync(path) && (JSON.parse(readFileSync(path, "utf8")) as { type?: string }).type === "module";
}
