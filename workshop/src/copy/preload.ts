import { fileURLToPath } from "node:url";

/** What a process or thread is started with, so that the project's code runs on a copy of its packages. */
export const onCopy = (folder: string) => ({
  env: { ...process.env, ORDER_SAGA_COPY: folder },
  execArgv: ["--import", fileURLToPath(new URL("in-copy.ts", import.meta.url))],
});
