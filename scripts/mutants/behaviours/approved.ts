import { answerWithinSeconds, deadlinesEverySeconds, type Evidence, type PlacementRef, refOf } from "@ovsc/shared";
import { askPlacement, orderKey, type Table } from "@ovsc/shared/aws";
import type { Variant } from "@ovsc/shared/variant";
import { synthesizeThin } from "../../src/clouds/synthesize.ts";
import { judge } from "../../src/judgement/judge.ts";
import { type ApprovalScenario, approvalScenarios } from "../../src/orders/approval-scenarios.ts";
import { above } from "../../src/runs/approvers.ts";
import { runBatch } from "../../src/runs/run-batch.ts";
import { live, openWaiting } from "../../test/approval/waiting.ts";
import { inWords, ofEachVariant, openedOnce, type Part } from "./behaviour.ts";
import { impatient } from "./impatient.ts";

/** Orders above a limit wait for a person, and end as was decided; where nobody can wait, they are refused. */
export function approved(): Part[] {
  const openedOf = openedOnce((variant) => openWaiting(variant));
  return [
    ...waiting(openedOf),
    ...ofEachVariant((variant) => [{ name: "limits that are none", wrong: () => wrongLimits(variant) }]),
    { name: `${impatient.name}, refused`, wrong: () => wrongRefusal(openedOf) },
  ];
}

type OpenedOf = (variant: Variant) => ReturnType<typeof openWaiting>;

const waiting = (openedOf: OpenedOf): Part[] =>
  ofEachVariant((variant) =>
    approvalScenarios.map((scenario) => ({
      name: scenario.name,
      async wrong() {
        const { batch, outcome, told } = await live(variant, await openedOf(variant), scenario);
        const by = outcome.evidence[0]?.row?.approval?.by;
        const { table } = (await openedOf(variant)).deployment;
        const isToldRight = scenario.answers.every(
          (answer, index) => answer.isEnded || told[index]?.isOurs === (answer.by === scenario.decidedBy),
        );
        return [
          ...inWords(judge(batch, { [variant.name]: outcome }).findings),
          ...(by === scenario.decidedBy ? [] : [`decided by ${by}`]),
          ...(await wrongTime(scenario, refOf(batch.placements[0]!), table)),
          ...(isToldRight ? [] : ["an approver was told otherwise than it is"]),
        ];
      },
    })),
  );

/** The row says when it was decided: when its approver did, or soon after the deadline. */
async function wrongTime(
  { answers, decidedBy }: ApprovalScenario,
  { orderId, placementId }: PlacementRef,
  table: Table,
): Promise<string[]> {
  const key = orderKey(orderId);
  const row = await table.get<typeof key & { readonly approval?: { readonly at?: string } }>(key);
  const { placedAtMs } = (await askPlacement(table, placementId))!;
  const { afterSeconds } = answers.find(({ by }) => by === decidedBy) ?? { afterSeconds: answerWithinSeconds };
  const lateSeconds = (Date.parse(row?.approval?.at ?? "") - placedAtMs) / 1000 - afterSeconds;
  const isRight = lateSeconds >= 0 && lateSeconds <= deadlinesEverySeconds;
  return isRight ? [] : [`its row says that it was decided at ${row?.approval?.at}`];
}

/** A stack takes no limit that is no whole number of cents. */
async function wrongLimits(variant: Variant): Promise<string[]> {
  const wrong: string[] = [];
  for (const limit of [-1, 1.5])
    await synthesizeThin(variant, { approvalAboveCents: limit }).then(
      () => wrong.push(`took a limit of ${limit}`),
      ({ message }: Error) => (message.includes("whole number of cents") ? [] : wrong.push(message)),
    );
  return wrong;
}

/** The client of a chain is refused at the door, and one that passes it makes no order. */
async function wrongRefusal(openedOf: OpenedOf): Promise<string[]> {
  const { deployment, stack } = await openedOf(impatient);
  const batch = above({ name: "refused", ends: "SHIPPED" });
  const { ApprovalAboveCents: _limit, ...outputs } = stack.outputs;
  const coordination = impatient.connect({ ...stack, outputs });
  const { evidence } = await runBatch(batch, { ...deployment, coordination });
  const [{ row, rejection }] = evidence as [Evidence];
  return rejection?.error === "ApprovalNotSupported" ? [] : [`became ${row?.status}, told ${rejection?.error}`];
}
