import { synthesizeThin } from "../../src/clouds/synthesize.ts";
import { approvalAboveCents } from "../../src/runs/approvers.ts";
import { Stage } from "../../src/weakenings/stage.ts";
import { damageIn } from "../../src/weakenings/weakening.ts";
import { weakenings } from "../../src/weakenings/weakenings.ts";
import { inWords, ofEachVariant, openedOnce, type Part } from "./behaviour.ts";

/** The stories that show what each line of defence is for end well with all of them in place. */
export function told(): Part[] {
  const stageOf = openedOnce(
    async (variant) =>
      new Stage(variant, await synthesizeThin(variant), () => synthesizeThin(variant, { approvalAboveCents })),
  );
  return ofEachVariant((variant) =>
    weakenings
      .filter(({ in: patches }) => patches[variant.name])
      .map((weakening) => ({
        name: weakening.name,
        async wrong() {
          const { findings, fired } = await (await stageOf(variant)).live(damageIn(weakening, variant.name).story);
          return [...inWords(findings), ...(fired.includes(0) ? ["a fault did not strike"] : [])];
        },
      })),
  );
}
