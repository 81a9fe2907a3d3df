import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync } from "node:fs";
import { dirname, join } from "node:path";
import { AssetHashType, DockerImage } from "aws-cdk-lib";
import { AssetCode, type CodeConfig } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";
import { buildSync } from "esbuild";
import { bundleOptions } from "./bundle-options.ts";
import { nameDraft } from "./name-draft.ts";

type Entries = readonly [string, ...string[]];

/**
 * Handlers as one CommonJS file an entry with everything they import, the AWS SDK too, so that what runs locally is the
 * very file that is deployed. The asset's hash is that of the output: the same code is the same asset.
 * @param entries absolute paths of the modules whose exports are handlers; each becomes a file of its name
 */
export const bundled = (...entries: Entries): AssetCode => new Bundle(entries, {});

/** Where the CDK context names a folder of `bundles`, what was bundled of the same entries is taken from there. */
class Bundle extends AssetCode {
  readonly #from: { bundles?: string };

  constructor(entries: Entries, from: { bundles?: string }) {
    super(dirname(entries[0]), {
      assetHashType: AssetHashType.OUTPUT,
      bundling: {
        // Never used: the local bundler below always succeeds or throws.
        image: DockerImage.fromRegistry("scratch"),
        local: {
          tryBundle(outputFolder) {
            if (from.bundles) cpSync(keptBundle(from.bundles, entries), outputFolder, { recursive: true });
            else bundle(entries, outputFolder);
            return true;
          },
        },
      },
    });
    this.#from = from;
  }

  override bind(scope: Construct): CodeConfig {
    this.#from.bundles = scope.node.tryGetContext("bundles") as string;
    return super.bind(scope);
  }
}

const bundle = (entries: Entries, outdir: string) => buildSync({ entryPoints: [...entries], outdir, ...bundleOptions });

/** The folder of what was bundled of these entries, now or before. */
function keptBundle(bundles: string, entries: Entries): string {
  const folder = join(bundles, createHash("sha256").update(entries.join()).digest("hex").slice(0, 16));
  if (existsSync(folder)) return folder;
  mkdirSync(bundles, { recursive: true });
  const draft = mkdtempSync(`${folder}-`);
  bundle(entries, draft);
  nameDraft(draft, folder);
  return folder;
}
