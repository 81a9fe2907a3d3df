import { dirname } from "node:path";
import { AssetHashType, DockerImage } from "aws-cdk-lib";
import { type AssetCode, Code } from "aws-cdk-lib/aws-lambda";
import { buildSync } from "esbuild";
import { bundleOptions } from "./bundle-options.ts";

/**
 * Handlers as one CommonJS file an entry with everything they import, the AWS SDK too, so that what runs locally is the
 * very file that is deployed. The asset's hash is that of the output: the same code is the same asset.
 * @param entries absolute paths of the modules whose exports are handlers; each becomes a file of its name
 */
export function bundled(...entries: readonly [string, ...string[]]): AssetCode {
  return Code.fromAsset(dirname(entries[0]), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Never used: the local bundler below always succeeds or throws.
      image: DockerImage.fromRegistry("scratch"),
      local: {
        tryBundle(outputFolder) {
          buildSync({ entryPoints: [...entries], outdir: outputFolder, ...bundleOptions });
          return true;
        },
      },
    },
  });
}
