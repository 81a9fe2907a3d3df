import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "esbuild";
import { directModule } from "../wire/direct.ts";

const here = dirname(fileURLToPath(import.meta.url));

/** The packages whose clients are replaced, each by the file of its name in this folder. */
const replaced = ["client-dynamodb", "client-eventbridge", "client-lambda", "client-sfn", "lib-dynamodb"];

/** The files of the thin SDK that handlers are given. */
export const thinSdkEntries: readonly string[] = replaced.map((name) => `${here}/${name}.ts`);

/** A package that calls AWS itself, for the handlers that use it. */
const durable = /\/@aws\/durable-execution-sdk-js\//;

/** Other clients have no thin one. Packages without a client, such as `util-dynamodb`, stay themselves. */
const unknown = /^@aws-sdk\/(client|lib)-/;

/**
 * Bundles handlers with the thin SDK. What the thin SDK itself takes from the AWS SDK (commands, exceptions, retries)
 * stays the AWS SDK's own. A client, command or exception that it does not have fails the build, by name.
 * @param bundled folder in which the thin SDK was bundled by itself, for whoever bundles handlers often
 */
export const thinSdk = (bundled?: string): Plugin => ({
  name: "thin-sdk",
  setup(build) {
    build.onResolve({ filter: /^@aws-sdk\// }, ({ path, importer }) => {
      if (importer.startsWith(here) || (importer.includes("/node_modules/") && !durable.test(importer)))
        return undefined;
      const name = path.slice("@aws-sdk/".length);
      const file = bundled === undefined ? `${here}/${name}.ts` : `${bundled}/${name}.js`;
      if (replaced.includes(name)) return { path: file, sideEffects: false };
      if (!unknown.test(path)) return undefined;
      return { errors: [{ text: `the thin SDK has no ${path}` }] };
    });
    build.onResolve({ filter: new RegExp(`^${directModule}$`) }, ({ path }) => ({ path, external: true }));
    build.onResolve({ filter: /\/door\.ts$/ }, ({ importer }) =>
      importer.startsWith(here) ? { path: directModule, external: true } : undefined,
    );
  },
});
