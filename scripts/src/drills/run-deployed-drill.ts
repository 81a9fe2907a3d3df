import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { inOrder } from "@ovsc/local";
import { endOf, type PlacementRef, refOf, retryBudgets } from "@ovsc/shared";
import { orderKey, readEvidence } from "@ovsc/shared/aws";
import type { Variant } from "@ovsc/shared/variant";
import { openRemote } from "../clouds/deployed.ts";
import type { Deployment } from "../clouds/deployment.ts";
import { openLocal } from "../clouds/embedded.ts";
import { synthesize } from "../clouds/synthesize.ts";
import { describeTarget, flagsFor, type Remote } from "../clouds/target.ts";
import { exit, Failure } from "../failure.ts";
import type { Batch } from "../orders/batch.ts";
import { batchOf } from "../orders/batches.ts";
import { scenarioNamed } from "../orders/scenarios.ts";
import { enterBatch, placeBatch, readOutcome } from "../runs/run-batch.ts";
import { restSeconds } from "./bring-home.ts";
import { damage } from "./damage.ts";
import type { Drill } from "./drills.ts";
import { type DrillResult, type Left, left, resultOf } from "./result.ts";

/** Where a drill is run: an order's ids end in the suffix, so that a table may hold earlier ones. */
export interface Place {
  readonly target: Remote;
  readonly suffix: string;
}

/** Seconds from one look to the next: real retries take seconds on LocalStack, and minutes on AWS. */
const lookEvery = { localstack: 0.25, aws: 5 };
const longestWaitMs = { localstack: 5 * 60_000, aws: 15 * 60_000 };
const tries = 1 + retryBudgets.equal.functionError.lambda.maximumRetryAttempts;

/**
 * Breaks an order in a deployed stack and brings it home, after the same order went through the embedded cloud where
 * nothing fails.
 * @returns nothing for a variant that lacks the remedy, and where the target cannot
 * @throws Failure where the order does not stop, or does not come home
 */
export async function runDeployedDrill(drill: Drill, variant: Variant, place: Place): Promise<DrillResult | undefined> {
  const { target, suffix } = place;
  if (!drill.deployed || (target.kind === "localstack" && drill.notOnLocalStack)) return undefined;
  const deployment = await openRemote(variant, target);
  const { coordination, table } = deployment;
  const remedy = coordination.remedies[drill.remedy];
  if (!remedy) return undefined;
  const scenario = { ...scenarioNamed(drill.scenario, "pnpm drill"), name: drill.name };
  const { ends: _ends, cause: _cause, ...batch } = batchOf(scenario, suffix);
  const placed = refOf(batch.placements[0]!);
  const unbroken = await livedUnbroken(batch, variant);
  const status = async () => endOf(await readEvidence(table, placed));
  const deadLetters = () => coordination.deadLetters([placed.orderId]);
  const until = waitIn(deployment, target, `the order of ${drill.name} in the ${variant.name}`);

  let letters: readonly string[] = [];
  const from = deployment.now();
  const mend = await damage(variant, target, { ...drill.deployed, tableName: table.name });
  try {
    await enterBatch(batch, deployment);
    await until(`stopped in ${drill.stopsIn}`, async () => {
      if ((await status()) !== drill.stopsIn || !(await isTriedInVain(drill, deployment, placed))) return false;
      if ((await coordination.ending(placed))?.status === "RUNNING") return false;
      letters = await deadLetters();
      return !drill.leavesLetter || letters.length > 0;
    });
  } finally {
    await mend();
  }
  const stopped = await left(deployment, placed);

  if (drill.afterRest) await age(deployment, placed);
  let done: readonly string[] = [];
  // A dead letter that was looked at stays hidden from the next reader for a while.
  await until("been helped", async () => {
    done = await remedy.apply({ placed: [placed], from, to: deployment.now(), events: drill.events ?? [] });
    return done.length > 0;
  });
  const end = endOf(unbroken.evidence);
  await until(`come to ${end}`, async () => (await status()) === end);
  await deployment.settle([placed]);
  return resultOf({
    drill,
    variant,
    batch,
    does: remedy.does,
    flags: flagsFor(target),
    faults: [],
    damage: drill.deployed,
    unbroken,
    stopped,
    deadLetters: letters.length,
    done,
    home: await left(deployment, placed),
    outcome: await readOutcome(batch, deployment),
  });
}

/** What the same order leaves where nothing is broken. */
async function livedUnbroken(batch: Batch, variant: Variant): Promise<Left> {
  const assembly = await synthesize(variant);
  const embedded = await openLocal(variant, { assembly, choices: inOrder, keepLogs: true });
  await placeBatch(batch, embedded);
  return left(embedded, refOf(batch.placements[0]!));
}

/** Waits for what must come to pass, however slow the cloud is. @throws Failure where it does not */
const waitIn =
  (deployment: Deployment, target: Remote, whose: string) =>
  async (what: string, hasCome: () => Promise<boolean>): Promise<void> => {
    const deadlineMs = performance.now() + longestWaitMs[target.kind];
    while (!(await hasCome())) {
      if (performance.now() > deadlineMs)
        throw new Failure(`${whose} has not ${what} in ${describeTarget(target)}`, { exitCode: exit.invalid });
      await deployment.pass(lookEvery[target.kind]);
    }
  };

/** Whether the step that was damaged has failed on every try. */
async function isTriedInVain({ deployed }: Drill, deployment: Deployment, placed: PlacementRef): Promise<boolean> {
  const failed = (await deployment.logs(placed)).filter(
    ({ step, message }) => step === deployed?.noTableIn && message === "step failed",
  );
  return failed.length >= tries;
}

/** Lets an order look as if it had rested for as long as the sweeper waits: its time passes as slowly as ours. */
async function age(deployment: Deployment, { orderId }: PlacementRef): Promise<void> {
  const { table } = deployment;
  const since = new Date(Date.parse(deployment.now()) - 1000 * restSeconds).toISOString();
  await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: orderKey(orderId),
      UpdateExpression: "SET since = :since",
      ExpressionAttributeValues: { ":since": since },
    }),
  );
}
