import fs from "node:fs";
import { join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { type Refuse, refusing } from "./refusing.ts";

/** Where Lambda unpacks a function's code. */
export const taskRoot = "/var/task";

type Callback = (error: unknown, result?: unknown) => void;

/**
 * `node:fs` of a handler: it reads the files of its own code and finds nothing else. Answers come by microtask, so that
 * reading takes no time; the SDK looks for `~/.aws/config` this way. Everything else is refused.
 */
export function taskFiles(codeFolder: string, refuse: Refuse): { fs: object; promises: object } {
  /** @throws an error with code ENOENT outside of the code's folder */
  const locate = (file: unknown, syscall: string): string => {
    const path = file instanceof URL ? fileURLToPath(file) : String(file);
    const absolute = normalize(path.startsWith("/") ? path : join(taskRoot, path));
    if (absolute !== taskRoot && !absolute.startsWith(`${taskRoot}/`)) throw noSuchFile(path, syscall);
    return join(codeFolder, absolute.slice(taskRoot.length));
  };
  const sync = {
    readFileSync: (file: unknown, options?: BufferEncoding) =>
      fs.readFileSync(locate(file, "open"), { encoding: options ?? null }),
    statSync: (file: unknown) => fs.statSync(locate(file, "stat")),
    readdirSync: (file: unknown) => fs.readdirSync(locate(file, "scandir")).toSorted(),
    accessSync: (file: unknown) => fs.accessSync(locate(file, "access")),
    existsSync: (file: unknown) => {
      try {
        return fs.existsSync(locate(file, "access"));
      } catch {
        return false;
      }
    },
  };
  const promises: Record<string, unknown> = {
    ...refusing(refuse, "fs.promises", fs.promises),
    constants: fs.constants,
    readFile: async (file: unknown, options?: BufferEncoding) => sync.readFileSync(file, options),
    stat: async (file: unknown) => sync.statSync(file),
    readdir: async (file: unknown) => sync.readdirSync(file),
    access: async (file: unknown) => sync.accessSync(file),
  };
  return {
    promises,
    fs: {
      ...refusing(refuse, "fs", fs),
      ...sync,
      constants: fs.constants,
      promises,
      readFile: withCallback(sync.readFileSync),
      stat: withCallback(sync.statSync),
      readdir: withCallback(sync.readdirSync),
      access: withCallback(sync.accessSync),
    },
  };
}

const withCallback =
  (answer: (file: unknown, options: undefined) => unknown) =>
  (file: unknown, ...rest: unknown[]): void => {
    const callback = rest.pop() as Callback;
    Promise.resolve()
      .then(() => answer(file, rest[0] as undefined))
      .then((result) => callback(null, result), callback);
  };

const noSuchFile = (path: string, syscall: string) =>
  Object.assign(new Error(`ENOENT: no such file or directory, ${syscall} '${path}'`), {
    errno: -2,
    code: "ENOENT",
    syscall,
    path,
  });
