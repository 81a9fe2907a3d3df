import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "esbuild";
import { directModule } from "../wire/direct.ts";

const here = dirname(fileURLToPath(import.meta.url));

/** The packages whose clients are replaced, each by the file of its name in this folder. */
const replaced = /^@aws-sdk\/(client-dynamodb|client-eventbridge|client-lambda|client-sfn|lib-dynamodb)$/;

/** Other clients have no thin one. Packages without a client, such as `util-dynamodb`, stay themselves. */
const unknown = /^@aws-sdk\/(client|lib)-/;

/**
 * Bundles handlers with the thin SDK. What the thin SDK itself takes from the AWS SDK (commands, exceptions, retries)
 * stays the AWS SDK's own. A client, command or exception that it does not have fails the build, by name.
 */
export const thinSdk = (): Plugin => ({
  name: "thin-sdk",
  setup(build) {
    build.onResolve({ filter: /^@aws-sdk\// }, ({ path, importer }) => {
      if (importer.startsWith(here) || importer.includes("/node_modules/")) return undefined;
      const [, name] = replaced.exec(path) ?? [];
      if (name) return { path: `${here}/${name}.ts`, sideEffects: false };
      if (!unknown.test(path)) return undefined;
      return { errors: [{ text: `the thin SDK has no ${path}` }] };
    });
    build.onResolve({ filter: /\/door\.ts$/ }, ({ importer }) =>
      importer.startsWith(here) ? { path: directModule, external: true } : undefined,
    );
  },
});
