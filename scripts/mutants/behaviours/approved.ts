import { judge } from "../../src/judgement/judge.ts";
import { approvalScenarios } from "../../src/orders/approval-scenarios.ts";
import { live, openWaiting } from "../../test/approval/waiting.ts";
import { inWords, ofEachVariant, openedOnce, type Part } from "./behaviour.ts";

/** Orders above a limit wait for a person, and end as was decided. */
export function approved(): Part[] {
  const openedOf = openedOnce((variant) => openWaiting(variant));
  return ofEachVariant((variant) =>
    approvalScenarios.map((scenario) => ({
      name: scenario.name,
      async wrong() {
        const { batch, outcome, told } = await live(variant, await openedOf(variant), scenario);
        const by = outcome.evidence[0]?.row?.approval?.by;
        const isToldRight = scenario.answers.every(
          (answer, index) => answer.isEnded || told[index]?.isOurs === (answer.by === scenario.decidedBy),
        );
        return [
          ...inWords(judge(batch, { [variant.name]: outcome }).findings),
          ...(by === scenario.decidedBy ? [] : [`decided by ${by}`]),
          ...(isToldRight ? [] : ["an approver was told otherwise than it is"]),
        ];
      },
    })),
  );
}
