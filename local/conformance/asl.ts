import { AwsError, UnknownFeature } from "../src/errors.ts";
import { account } from "../src/identity.ts";
import { AslCloud, operator } from "./asl-cloud.ts";
import type { SetupStep } from "./asl-cloud.ts";
import { sameEventTypes, tolerantlyEqual } from "./asl-compare.ts";
import type { RecordedFunction } from "./asl-functions.ts";

/** An execution recorded on AWS. */
export interface AslCase {
  readonly name: string;
  readonly kind: "history" | "output-only" | "sync" | "express-end-event";
  readonly type: "STANDARD" | "EXPRESS";
  readonly features: readonly string[];
  readonly aliases: readonly (readonly [pattern: string, replacement: string])[];
  readonly lambdas: Readonly<Record<string, RecordedFunction>>;
  readonly setup: readonly SetupStep[];
  /** The recording lost events of a Parallel: only its outcome is judged. */
  readonly parallelMangled: boolean;
  readonly definition: unknown;
  readonly input: unknown;
  readonly expected: ExecutionResult;
  readonly recorded: { readonly events?: readonly { readonly type: string }[] };
}

interface ExecutionResult {
  readonly status: string;
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: unknown;
}

export type AslResult =
  | { readonly kind: "passed" }
  | { readonly kind: "refused"; readonly why: string }
  | { readonly kind: "failed"; readonly why: string; readonly expected?: unknown; readonly actual?: unknown };

/** The account of the recordings. */
const recordedAccount = "111111111111";

/** Runs one recorded execution on the embedded Step Functions, in virtual time, and judges what came of it. */
export async function runAslCase(recorded: AslCase): Promise<AslResult> {
  const missing = whatIsMissing(recorded);
  if (missing !== undefined) return { kind: "refused", why: missing };
  let prepared: { readonly cloud: AslCloud; readonly machineArn: string };
  try {
    prepared = prepare(recorded);
  } catch (error) {
    if (error instanceof UnknownFeature) return { kind: "refused", why: error.message };
    if (error instanceof AwsError) return { kind: "failed", why: `${error.code}: ${error.message}` };
    throw error;
  }
  try {
    const { outcome, types } = await run(recorded, prepared.cloud, prepared.machineArn);
    return judge(recorded, outcome, types);
  } catch (error) {
    return { kind: "failed", why: String(error) };
  }
}

/** What a recording needs and does not hold, so that nobody could repeat it. */
function whatIsMissing({
  definition,
  expected,
  features,
  setup,
  recorded: { events = [] },
}: AslCase): string | undefined {
  const starts = /:(?:states|aws-sdk:sfn):startExecution\b/.test(JSON.stringify(definition));
  if (starts && !expected.error?.includes("StateMachineDoesNotExist")) {
    return "the case does not hold the state machine that it starts";
  }
  const answered = events.some(
    ({ type }, at) => type === "TaskSubmitted" && /^Task(?:Succeeded|Failed)$/.test(events[at + 1]?.type ?? ""),
  );
  if (answered && features.includes("waitForTaskToken") && !setup.some(({ op }) => op.includes("state_machine"))) {
    return "the case does not say who answers the task token";
  }
  return undefined;
}

function prepare({ definition, type, lambdas, setup }: AslCase): { cloud: AslCloud; machineArn: string } {
  const cloud = new AslCloud(lambdas);
  const { arn } = cloud.states.createStateMachine({
    name: "recorded",
    definition: here(JSON.stringify(definition)),
    roleArn: `arn:aws:iam::${account}:role/recorded`,
    type,
  });
  for (const step of setup) cloud.prepare(step);
  return { cloud, machineArn: arn };
}

/** The recordings' account becomes ours, and back. */
const here = (text: string) => text.replaceAll(recordedAccount, account);
const there = (text: string) => text.replaceAll(account, recordedAccount);

async function run(
  { kind, input, expected, recorded }: AslCase,
  { states, clock }: AslCloud,
  machineArn: string,
): Promise<{ outcome: ExecutionResult; types: readonly string[] }> {
  let closed = false;
  const execution = states.start(
    { stateMachineArn: machineArn, input: here(JSON.stringify(input)) },
    operator,
    () => void (closed = true),
  );
  // An aborted recording was stopped by its client while it waited.
  if (expected.status === "ABORTED") execution.stop(undefined, undefined);
  await clock.run({ done: () => closed });
  const { status, output, events } = execution;
  // An execution that timed out tells its error in the last event only.
  const { error, cause } = (events.at(-1)?.details ?? {}) as { error?: string; cause?: string };
  const text = (value: string | undefined) => (value === undefined ? undefined : there(value));
  const outcome: ExecutionResult = {
    status,
    ...(status === "SUCCEEDED" && { output: JSON.parse(there(JSON.stringify(output))) as unknown }),
    ...(error !== undefined && { error: text(error)! }),
    ...(cause !== undefined && { cause: text(cause)! }),
  };
  return { outcome, types: kind === "history" && recorded.events ? execution.events.map((event) => event.type) : [] };
}

function judge(
  { kind, definition, expected, recorded, parallelMangled, aliases }: AslCase,
  outcome: ExecutionResult,
  types: readonly string[],
): AslResult {
  for (const member of ["status", "output", "error", "cause"] as const) {
    const [wanted, got] = [expected[member], outcome[member]];
    if (wanted === undefined && got === undefined) continue;
    const same = tolerantlyEqual(wanted, got) || tolerantlyEqual(wanted, aliased(got, aliases));
    if (!same) return { kind: "failed", why: `${member} differs`, expected: wanted, actual: got };
  }
  if (kind !== "history" || parallelMangled) return { kind: "passed" };
  const wanted = (recorded.events ?? []).map((event) => event.type);
  const concurrent = /"Type":"(?:Map|Parallel)"/.test(JSON.stringify(definition));
  return sameEventTypes(wanted, types, concurrent)
    ? { kind: "passed" }
    : { kind: "failed", why: "the sequence of events differs", expected: wanted.join(" "), actual: types.join(" ") };
}

/** What was replaced in the recording is replaced in what we gave. */
function aliased(value: unknown, aliases: AslCase["aliases"]): unknown {
  if (value === undefined) return undefined;
  const replaced = aliases.reduce(
    (text, [pattern, replacement]) => text.replace(new RegExp(pattern, "g"), () => replacement),
    JSON.stringify(value),
  );
  return JSON.parse(replaced) as unknown;
}
