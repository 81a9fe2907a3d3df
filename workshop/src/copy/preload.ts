import { fileURLToPath } from "node:url";

/**
 * What a process or thread is started with, so that the project's code runs on a copy of its packages. Nobody deploys
 * one, so its handlers are bundled as for a check.
 */
export const onCopy = (folder: string) => ({
  env: { ...process.env, ORDER_SAGA_COPY: folder, ORDER_SAGA_BUNDLE: "thin" },
  execArgv: ["--import", fileURLToPath(new URL("in-copy.ts", import.meta.url))],
});
