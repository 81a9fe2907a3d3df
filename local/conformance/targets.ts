import type { VirtualClock } from "../src/clock.ts";
import { AwsError, UnknownFeature } from "../src/errors.ts";
import { account } from "../src/identity.ts";
import type { CaseResult } from "./patterns.ts";
import { smallCloud } from "./small-cloud.ts";

interface Failure {
  readonly Error: { readonly Code: string; readonly Message: string };
}

/** Rules with targets, events that were put, and what the targets received. */
export interface TargetCase {
  readonly name: string;
  readonly rules: readonly { readonly pattern: unknown; readonly schedule: string | null }[];
  readonly targets: readonly ({ readonly Id: string; readonly Arn: string } & Readonly<Record<string, unknown>>)[];
  readonly entries: readonly ({ readonly EventBusName?: string } & Readonly<Record<string, unknown>>)[];
  readonly expected_bodies: readonly unknown[];
  readonly recorded_answers: Readonly<Record<string, unknown>>;
  /** Texts of the recording and what they were replaced by. */
  readonly aliases: readonly (readonly [string, string])[];
}

const region = "us-east-1";
const recordedAccount = "111111111111";
const busArn = /:event-bus\/(.+)$/;

/** Replays one recorded case against the embedded EventBridge and SQS in virtual time. */
export async function runTargetCase(recorded: TargetCase): Promise<CaseResult> {
  try {
    return await replay(recorded);
  } catch (error) {
    if (error instanceof UnknownFeature) return { kind: "refused", why: error.message };
    throw error;
  }
}

async function replay(recorded: TargetCase): Promise<CaseResult> {
  const cloud = new TargetCloud();
  const rules = layOut(recorded);
  if (recorded.rules.some(({ schedule }) => schedule !== null))
    throw new UnknownFeature("ScheduleExpression", recorded.name);
  for (const name of new Set(rules.map(({ bus }) => bus))) if (name !== "default") cloud.createBus(name);
  const errors: AwsError[] = [];
  for (const [index, { bus, targets }] of rules.entries()) {
    const rule = { Name: `rule-${index}`, EventBusName: bus };
    cloud.call("PutRule", { ...rule, EventPattern: JSON.stringify(recorded.rules[index]!.pattern) }, errors);
    for (const target of targets) {
      cloud.createTarget(target.Arn);
      const here = JSON.parse(JSON.stringify(target).replaceAll(recordedAccount, account)) as object;
      cloud.call("PutTargets", { Rule: rule.Name, EventBusName: bus, Targets: [here] }, errors);
    }
  }
  const put = recorded.entries.length > 0 ? cloud.call("PutEvents", { Entries: recorded.entries }, errors) : undefined;
  await cloud.clock.run();
  return compare(recorded, rules, cloud, errors, put);
}

interface RuleLayout {
  readonly bus: string;
  readonly targets: TargetCase["targets"];
}

/**
 * The recording does not say which rule is on which bus: one rule has all targets and the bus of the first event; of
 * several, each has one target, and stands on the bus of its event or on the bus that the rule before it sends to.
 */
function layOut({ name, rules, targets, entries }: TargetCase): readonly RuleLayout[] {
  const buses = [...new Set(entries.map(({ EventBusName = "default" }) => EventBusName))];
  const first = buses[0] ?? "default";
  if (rules.length === 1) return [{ bus: first, targets }];
  if (rules.length !== targets.length) throw new UnknownFeature("which rule has which target in this recording", name);
  return targets.map((target, index) => {
    const before = busArn.exec(targets[index - 1]?.Arn ?? "")?.[1];
    return { bus: before ?? (buses.length === rules.length ? buses[index]! : first), targets: [target] };
  });
}

/** A small cloud whose Lambda only notes what it was invoked with. */
class TargetCloud {
  readonly invocations: string[] = [];
  readonly #cloud = smallCloud(() => ({ call: (_, input) => this.#invoked(input["Payload"] as string) }), {
    region,
  });
  readonly #queueUrls = new Map<string, string>();

  get clock(): VirtualClock {
    return this.#cloud.clock;
  }

  createBus(name: string): void {
    this.#cloud.create("AWS::Events::EventBus", { Name: name });
  }

  createTarget(arn: string): void {
    const [, , service, , , name] = arn.split(":");
    if (service !== "sqs" || name === undefined || this.#queueUrls.has(name)) return;
    // A FIFO queue is refused where it becomes a target.
    if (!name.endsWith(".fifo")) this.#queueUrls.set(name, this.#cloud.create("AWS::SQS::Queue", { QueueName: name }));
  }

  call(operation: string, input: Readonly<Record<string, unknown>>, errors: AwsError[]): unknown {
    try {
      return this.#cloud.call("events", operation, input);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      errors.push(error);
      return undefined;
    }
  }

  /** What the targets received, queue by queue. */
  bodies(): string[] {
    const queued = [...this.#queueUrls.values()].flatMap((QueueUrl) => {
      const answer = this.#cloud.call("sqs", "ReceiveMessage", { QueueUrl, MaxNumberOfMessages: 10 });
      return ((answer as { Messages?: { Body: string }[] }).Messages ?? []).map(({ Body }) => Body);
    });
    return [...queued, ...this.invocations];
  }

  #invoked(payload: string): object {
    this.invocations.push(payload);
    return { StatusCode: 202 };
  }
}

function compare(
  recorded: TargetCase,
  rules: readonly RuleLayout[],
  cloud: TargetCloud,
  errors: AwsError[],
  put: unknown,
): CaseResult {
  const received = cloud.bodies().map((body) => body.replaceAll(account, recordedAccount));
  for (const [call, answer] of Object.entries(recorded.recorded_answers)) {
    if (isFailure(answer)) {
      const error = errors.shift() ?? callAgain(call, recorded, rules, cloud);
      const messages = error && [error.message, aliased(recorded, error.message)];
      if (error?.code !== answer.Error.Code || !messages?.includes(answer.Error.Message)) {
        return failed(`${call}: ${answer.Error.Message}`, error?.message);
      }
    } else if (isPutAnswer(answer) && !matchesRecorded(withoutMetadata(answer), put)) {
      return failed(JSON.stringify(answer), JSON.stringify(put));
    }
  }
  if (errors.length > 0) return failed("no error", errors[0]!.message);
  const events = Object.values(recorded.recorded_answers).find((answer) => Array.isArray(answer));
  const expected = recorded.expected_bodies.length > 0 ? recorded.expected_bodies : (events as unknown[] | undefined);
  if (expected && !sameBodies(expected, received)) return failed(JSON.stringify(expected), JSON.stringify(received));
  return { kind: "passed" };
}

/** A recorded error belongs to a call that the recording only names; these are the names that say which. */
function callAgain(
  call: string,
  recorded: TargetCase,
  rules: readonly RuleLayout[],
  cloud: TargetCloud,
): AwsError | undefined {
  const errors: AwsError[] = [];
  if (call.startsWith("delete-rule")) {
    cloud.call("DeleteRule", { Name: "rule-0", EventBusName: rules[0]!.bus }, errors);
  } else if (call.includes("non-existent-bus")) {
    for (const { EventBusName = "default" } of recorded.entries) {
      cloud.call("DescribeEventBus", { Name: EventBusName }, errors);
    }
  } else throw new UnknownFeature(`the recorded call ${call}`, recorded.name);
  return errors[0];
}

const failed = (wanted: string, got: string | undefined): CaseResult => ({
  kind: "failed",
  why: `AWS gave ${wanted}, the embedded cloud ${got ?? "no error"}`,
});

const isFailure = (answer: unknown): answer is Failure =>
  typeof answer === "object" && answer !== null && "Error" in answer;

const isPutAnswer = (answer: unknown): answer is object =>
  typeof answer === "object" && answer !== null && "FailedEntryCount" in answer && "Entries" in answer;

const withoutMetadata = (answer: object): object =>
  Object.fromEntries(Object.entries(answer).filter(([name]) => name !== "ResponseMetadata"));

const aliased = ({ aliases }: TargetCase, message: string): string =>
  aliases.reduce((text, [from, to]) => text.replaceAll(from.replaceAll(recordedAccount, account), () => to), message);

/** Bodies in any order: deliveries have none. */
function sameBodies(expected: readonly unknown[], received: readonly string[]): boolean {
  const rest = [...received];
  const all = expected.every((body) => {
    const index = rest.findIndex((each) => matchesRecorded(body, each));
    if (index >= 0) rest.splice(index, 1);
    return index >= 0;
  });
  return all && rest.length === 0;
}

/** `<token>` and the word date were other text once, and a recorded object may have arrived as its JSON. */
function matchesRecorded(expected: unknown, actual: unknown): boolean {
  if (typeof expected === "object" && expected !== null) {
    const value: unknown = typeof actual === "string" ? parsed(actual) : actual;
    if (typeof value !== "object" || value === null || Array.isArray(value) !== Array.isArray(expected)) return false;
    const members = Object.entries(expected);
    const found = value as Record<string, unknown>;
    return (
      members.length === Object.keys(found).length &&
      members.every(([name, member]) => matchesRecorded(member, found[name]))
    );
  }
  if (typeof expected !== "string" || typeof actual !== "string") return expected === actual;
  const pattern = expected.split(/<[\w:-]+>|\bdate\b/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${pattern.join("[\\s\\S]*")}$`).test(actual);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
