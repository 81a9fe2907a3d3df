import type {
  AwsCall,
  AwsCallFault,
  DeliveryAttempt,
  DeliveryFault,
  Faults,
  InvocationFault,
  InvocationTry,
  QueuedInvocation,
} from "@ovsc/local";
import { stepNames } from "@ovsc/shared";
import type { Dependency, Difference } from "@ovsc/shared/variant";
import { dependencyOf } from "../../faults/struck.ts";
import type { Befell } from "../../judgement/declared.ts";
import type { Budget } from "../picking/budget.ts";
import type { Picker } from "../picking/picker.ts";
import { type Call, isWrite } from "./items.ts";
import { Outages } from "./outages.ts";
import type { State } from "./state.ts";
import { faultOf, outage, recordLost, type Strike, strikesOn, strikesOnTries } from "./strikes.ts";
import { Tries } from "./tries.ts";

/** Something kept back: a call whose caller is gone, or a delivery. */
export interface HeldBack {
  readonly name: string;
  /** What it will touch; a delivery touches nothing by itself. */
  readonly call?: Call;
  readonly letGo: () => void;
  /** When it could have come last, and did not. */
  offeredAtMs?: number;
}

/** What a variant's orders depend on. */
export interface Concern {
  readonly dependencies: readonly Dependency[];
  /** Functions that only listen: nothing strikes them, and what they do comes at once. */
  readonly bystanders: ReadonlySet<string>;
  /** What the variant declares for what strikes. */
  readonly differs: readonly Difference[];
}

/** A call, a try, a delivery or a record that a fault may strike. */
interface Strikable {
  /** Whose it is; undefined for a state machine's own call. */
  readonly functionName?: string;
  readonly dependency: Dependency;
  /** In a schedule. */
  readonly where: string;
}

/**
 * Strikes one run with faults: asks the picker at each call, try, delivery and record which fault strikes it, as long
 * as there may be one, and keeps account of what struck.
 */
export class Striker implements Faults {
  readonly tries = new Tries();
  readonly outages: Outages;
  /** What struck, by the names of a schedule, and where. */
  readonly struck: { readonly name: string; readonly where: string }[] = [];
  /** What may still befall the run. */
  left: Budget;
  /** What a fault keeps back, until it is let go. */
  held: readonly HeldBack[] = [];
  /** Whether a call of a state machine was struck, which comes again without anybody being asked what is next. */
  isTaskStruck = false;
  readonly #picker: Picker;
  readonly #state: State;
  readonly #concern: Concern;
  /** How many executions were started that may come twice, and whether one did. */
  #starts = 0;
  #isTwice = false;
  readonly #tries = new Map<string, string>();

  constructor(picker: Picker, budget: Budget, { state, concern }: { state: State; concern: Concern }) {
    this.#picker = picker;
    this.#state = state;
    this.#concern = concern;
    this.left = budget;
    this.outages = new Outages(picker);
  }

  /** What struck it, in the words in which a variant declares its differences. */
  befell(scenario: string, beganMs: number): Befell {
    const { toll } = this.tries;
    const keptSeconds = toll.keptSeconds(beganMs);
    return { scenario, faults: toll.plan(this.outages.lasting), keptSeconds, profile: "equal" };
  }

  /** Whether it was kept from whoever undoes or parks that a step failed. */
  get losesRecords(): boolean {
    return this.struck.some(({ name }) => name === recordLost);
  }

  /** Whether a bus was made to take an event late that its publisher took for lost. */
  get isSaidLate(): boolean {
    return this.struck.some(({ name, where }) => name === "late-effect" && where.includes("event-bus"));
  }

  /** Whether one of several executions came twice: there are too many ways to weave them call by call. */
  get isTwice(): boolean {
    return this.#isTwice && this.#starts > 1;
  }

  /** The try that makes a call, in a schedule. */
  invocationOf({ requestId, functionName }: Pick<Call, "requestId" | "functionName">): string {
    return this.#tries.get(requestId) ?? stepOf(functionName);
  }

  onAwsCall(call: AwsCall): AwsCallFault | undefined {
    const dependency = this.#concern.bystanders.has(call.functionName) ? undefined : askedBy(call);
    const where = `${this.invocationOf(call)}: ${dependency} ${call.operation}`;
    // Where Lambda is away, each try that it is asked for is turned down.
    const away = dependency && dependency !== "lambda" ? this.outages.at(dependency) : undefined;
    const strike =
      !dependency || away ? undefined : this.#strike({ ...call, dependency, where }, () => strikesOn(call, dependency));
    const kind = away?.kind ?? strike?.kind;
    this.#state.tell(call, kind ?? "");
    if (kind && dependency) this.tries.strikeCall(call, { kind, dependency, isWrite: isWrite(call) });
    const { requestId, functionName, correlationId, service, operation, input } = call;
    const late: Call = { what: "call", late: true, functionName, requestId, correlationId, service, operation, input };
    return kind && faultOf(kind, call, (letGo) => this.#hold({ name: `late ${where}`, call: late, letGo }));
  }

  onTaskCall(call: Parameters<NonNullable<Faults["onTaskCall"]>>[0]) {
    const dependency = call.service === "dynamodb" ? dependencyOf(call) : undefined;
    if (!dependency) return undefined;
    const isStruck =
      this.outages.at(dependency) ||
      this.#strike({ dependency, where: `${call.stateMachine} ${dependency} ${call.operation}` }, () => [
        outage("server-error", dependency),
      ]);
    if (!isStruck) return undefined;
    this.isTaskStruck = true;
    this.tries.strikeTask(call.execution, call.atMs);
    return { fail: "InternalServerError" } as const;
  }

  onInvocation(invocation: InvocationTry): InvocationFault | undefined {
    const { functionName, requestId, attempt, correlationId } = invocation;
    if (this.#concern.bystanders.has(functionName)) return undefined;
    const where = `${stepOf(functionName)}(${correlationId}) try ${attempt}`;
    this.#tries.set(requestId, where);
    this.tries.begin(
      invocation,
      stepNames.find((step) => functionName.includes(step)),
    );
    const kind = (
      this.outages.at("lambda") ?? this.#strike({ functionName, dependency: "lambda", where }, () => strikesOnTries)
    )?.kind;
    if (!kind) return undefined;
    this.tries.strikeTry(invocation, kind);
    if (kind === "throttle") return "throttle";
    return kind === "service-error" ? "service error" : "out of memory";
  }

  /** What can happen to an event in Lambda's queue can happen to its delivery, right before: that is asked alone. */
  onDelivery(delivery: DeliveryAttempt): DeliveryFault | undefined {
    if (!this.#concern.dependencies.includes("rule-target")) return undefined;
    const { target, correlationId, attempt, isDuplicate, detailType, eventId, atMs } = delivery;
    const where = `delivery of ${detailType} to ${stepOf(target)}(${correlationId}) try ${attempt}`;
    const held = (letGo: () => void) => this.#hold({ name: `late ${where}`, letGo });
    if (isDuplicate) {
      const isLate = this.#picker.pick(`second ${where}`, ["at once", "late"]) === 1;
      return isLate ? { held } : undefined;
    }
    const fails = (): "fail" => {
      this.tries.strikeDelivery(`${eventId} ${target}`, atMs);
      return "fail";
    };
    if (this.outages.at("rule-target")) return fails();
    const twice = this.left.duplicates > 0 && attempt === 1;
    const duplicate: Strike[] = twice ? [{ name: "duplicate", kind: "duplicate" }] : [];
    const faults: Strike[] =
      this.left.faults > 0 && this.#mayStrike({ functionName: target, dependency: "rule-target" })
        ? [outage("delivery-failed", "rule-target"), { name: "delay", kind: "delay" }]
        : [];
    if (duplicate.length + faults.length === 0) this.#picker.pass?.(faultAt(where));
    const strike = this.#choose(where, [...duplicate, ...faults]);
    if (!strike) return undefined;
    this.left = less(this.left, strike.kind === "duplicate" ? "duplicates" : "faults");
    if (strike.kind === "delay") return { held };
    return strike.kind === "duplicate" ? "duplicate" : fails();
  }

  /** @returns 1 where an Express execution that was started comes twice; whatever else chance decides goes in order */
  choose(what: string): 0 | 1 {
    if (what !== "run an Express execution twice") return 0;
    this.#starts += 1;
    const where = "start of an execution";
    if (this.left.duplicates === 0) {
      this.#picker.pass?.(faultAt(where));
      return 0;
    }
    if (!this.#choose(where, [{ name: "duplicate", kind: "duplicate" }])) return 0;
    this.left = less(this.left, "duplicates");
    this.#isTwice = true;
    return 1;
  }

  onDestination({ functionName, correlationId }: QueuedInvocation): "lose record" | undefined {
    const where = `record of ${stepOf(functionName)}(${correlationId})`;
    const lost = { functionName, dependency: "failure-destination", where } as const;
    if (!this.#strike(lost, () => [{ name: recordLost, kind: recordLost }])) return undefined;
    this.tries.loseRecord();
    return "lose record";
  }

  /** Whether a fault of one of these kinds strikes here, while there may be another. */
  #strike(struck: Strikable, strikes: () => readonly Strike[]): Strike | undefined {
    if (this.left.faults === 0 || !this.#mayStrike(struck)) {
      if (strikes().length > 0) this.#picker.pass?.(faultAt(struck.where));
      return undefined;
    }
    const strike = this.#choose(struck.where, strikes());
    if (strike) this.left = less(this.left, "faults");
    return strike;
  }

  #mayStrike({ functionName, dependency }: Pick<Strikable, "functionName" | "dependency">): boolean {
    const { only } = this.left;
    if (!only || functionName === undefined) return true;
    return only.some((aim) => functionName.includes(aim.step) && (aim.dependency ?? dependency) === dependency);
  }

  #choose(where: string, strikes: readonly Strike[]): Strike | undefined {
    if (strikes.length === 0) return undefined;
    const strike = strikes[this.#picker.pick(faultAt(where), ["none", ...strikes.map(({ name }) => name)]) - 1];
    if (!strike) return undefined;
    this.struck.push({ name: strike.name, where });
    if (strike.outage) this.outages.begin(strike.outage);
    return strike;
  }

  #hold(held: HeldBack): void {
    this.held = [...this.held, held];
  }
}

/** A function that calls another asks Lambda. */
const askedBy = (call: AwsCall): Dependency | undefined =>
  dependencyOf(call) ?? (call.service === "lambda" && call.operation === "Invoke" ? "lambda" : undefined);

const faultAt = (where: string): string => `fault at ${where}`;

const less = (left: Budget, of: "faults" | "duplicates"): Budget => ({ ...left, [of]: left[of] - 1 });

const stepOf = (name: string): string => stepNames.find((step) => name.includes(step)) ?? name;
