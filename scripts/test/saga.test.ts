import { inOrder } from "@ovsc/local";
import { openLocal } from "../src/clouds/embedded.ts";
import { synthesize } from "../src/clouds/synthesize.ts";
import { variants } from "../src/variant.ts";
import { describeSaga } from "./saga.ts";

for (const variant of variants) {
  describeSaga(variant, "in the embedded cloud", async () =>
    openLocal(variant, { assembly: await synthesize(variant), choices: inOrder }),
  );
}
