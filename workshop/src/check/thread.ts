// The thread behind `Resident`. It stays: what no copy changes (the CDK, the AWS SDK, the embedded cloud) is loaded
// once, and what judges is loaded anew on each copy.
import { enableCompileCache } from "node:module";
import { parentPort } from "node:worker_threads";
import { type Copy, registerCopies } from "../copy/copies.ts";
import type { Job, Told } from "./ask.ts";
import type { live as Live } from "./live.ts";

enableCompileCache();

const visited: Copy[] = [];
registerCopies((url) => {
  const [, number] = /\?copy=(\d+)$/.exec(url) ?? [];
  return number === undefined ? undefined : visited[Number(number)];
});
const tell = (told: Told): void => parentPort!.postMessage(told);

parentPort!.on("message", ({ asked, copy: folder, limit }: Job) => {
  const mark = `?copy=${visited.length}`;
  visited.push({ folder, mark });
  // For a check that looks at what is no package.
  process.env["ORDER_SAGA_COPY"] = folder;
  (import(`./live.ts${mark}`) as Promise<{ readonly live: typeof Live }>)
    .then(({ live }) => live(asked, { tell, limit }))
    .then(
      () => tell({ done: true }),
      (error: unknown) => tell({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
});
