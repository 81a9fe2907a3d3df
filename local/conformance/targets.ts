import { inOrder } from "../src/choices.ts";
import { VirtualClock } from "../src/clock.ts";
import { AwsError, UnknownFeature } from "../src/errors.ts";
import { EventBridge } from "../src/events/event-bridge.ts";
import { noTrace } from "../src/history.ts";
import { account, Ids } from "../src/identity.ts";
import type { Api, Caller, Service } from "../src/service.ts";
import { services } from "../src/services.ts";
import { Sqs } from "../src/sqs/sqs.ts";
import type { CaseResult } from "./patterns.ts";

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
const operator: Caller = { principal: { kind: "operator" }, trace: noTrace };
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
  for (const name of new Set(rules.map(({ bus }) => bus)))
    if (name !== "default") cloud.events.buses.create(name, undefined);
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

/** EventBridge and SQS, and a Lambda that only notes what it was invoked with. */
class TargetCloud {
  readonly clock = new VirtualClock(inOrder, Date.UTC(2026, 0, 1));
  readonly events: EventBridge;
  readonly invocations: string[] = [];
  readonly #sqs: Sqs;
  readonly #queueNames: string[] = [];

  constructor() {
    const kernel = {
      clock: this.clock,
      choices: inOrder,
      history: { record: () => {} },
      ids: new Ids(),
      place: { region },
    };
    const lambda: Service = {
      call: (_operation, input) => {
        this.invocations.push(input["Payload"] as string);
        return { StatusCode: 202 };
      },
    };
    this.#sqs = new Sqs(kernel);
    const opened: Partial<Record<string, Service>> = { sqs: this.#sqs, lambda };
    const api: Api = async (caller, service, operation, input) => opened[service]!.call(operation, input, caller);
    this.events = new EventBridge({ ...kernel, api, services });
    opened["events"] = this.events;
  }

  createTarget(arn: string): void {
    const [, , service, , , name] = arn.split(":");
    if (service !== "sqs" || name === undefined || this.#queueNames.includes(name)) return;
    this.#queueNames.push(name);
    this.#sqs.createQueue(name, {
      delaySeconds: 0,
      maximumMessageSize: 1_048_576,
      messageRetentionSeconds: 345_600,
      receiveWaitSeconds: 0,
      visibilityTimeoutSeconds: 30,
      redrive: undefined,
    });
  }

  call(operation: string, input: Readonly<Record<string, unknown>>, errors: AwsError[]): unknown {
    try {
      return this.events.call(operation, input, operator);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      errors.push(error);
      return undefined;
    }
  }

  /** What the targets received, queue by queue. */
  bodies(): string[] {
    const queued = this.#queueNames.flatMap((name) => {
      const input = { QueueUrl: `https://sqs.${region}.amazonaws.com/${account}/${name}`, MaxNumberOfMessages: 10 };
      const { Messages = [] } = this.#sqs.call("ReceiveMessage", input, operator) as { Messages?: { Body: string }[] };
      return Messages.map(({ Body }) => Body);
    });
    return [...queued, ...this.invocations];
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
    const missing = recorded.entries.find(({ EventBusName = "default" }) => !cloud.events.buses.find(EventBusName));
    cloud.call("DescribeEventBus", { Name: missing?.EventBusName }, errors);
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
