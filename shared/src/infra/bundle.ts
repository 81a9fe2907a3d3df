import { dirname, join } from "node:path";
import { AssetHashType, DockerImage } from "aws-cdk-lib";
import { type AssetCode, Code } from "aws-cdk-lib/aws-lambda";
import { buildSync } from "esbuild";
import { bundleOptions } from "./bundle-options.ts";

/**
 * The handlers as one CommonJS file with everything they import, the AWS SDK too, so that what runs locally is the very
 * file that is deployed. The asset's hash is that of the output: the same code is the same asset.
 * @param entry absolute path of the module whose exports are the handlers
 */
export function bundled(entry: string): AssetCode {
  return Code.fromAsset(dirname(entry), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Never used: the local bundler below always succeeds or throws.
      image: DockerImage.fromRegistry("scratch"),
      local: {
        tryBundle(outputFolder) {
          buildSync({
            entryPoints: [entry],
            outfile: join(outputFolder, "index.js"),
            ...bundleOptions,
          });
          return true;
        },
      },
    },
  });
}
