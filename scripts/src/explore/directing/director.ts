import type {
  About,
  Agenda,
  AwsCall,
  AwsCallFault,
  Conductor,
  DeliveryAttempt,
  DeliveryFault,
  Faults,
  Happening,
  InvocationFault,
  InvocationTry,
  QueuedInvocation,
} from "@ovsc/local";
import { refusalNames, stepNames } from "@ovsc/shared";
import { dependencies, type Dependency, type Difference } from "@ovsc/shared/variant";
import { dependencyOf } from "../../faults/struck.ts";
import type { Befell } from "../../judgement/declared.ts";
import type { Budget } from "../picking/budget.ts";
import type { Picker } from "../picking/picker.ts";
import { redundant, sleepers, type Turn } from "./commuting.ts";
import { digest, plain } from "./gist.ts";
import { type Call, isWrite, mayMeet, touchedBy, touchTheSame } from "./items.ts";
import { Outages } from "./outages.ts";
import { State } from "./state.ts";
import { faultOf, outage, recordLost, type Strike, strikesOn, strikesOnTries } from "./strikes.ts";
import { Tries } from "./tries.ts";

/** Thrown to end a run in a state from which all has been walked. */
export class SeenBefore extends Error {}

/** Something kept back: a call whose caller is gone, or a delivery. */
interface HeldBack {
  readonly name: string;
  /** What it will touch; a delivery touches nothing by itself. */
  readonly call?: Call;
  readonly letGo: () => void;
  /** When it could have come last, and did not. */
  offeredAtMs?: number;
}

const secondMs = 1000;

/** What a variant's orders depend on. */
export interface Concern {
  readonly dependencies: readonly Dependency[];
  /** Functions that only listen: nothing strikes them, and what they do comes at once. */
  readonly bystanders: ReadonlySet<string>;
  /** What the variant declares for what strikes. */
  readonly differs: readonly Difference[];
}

const everything: Concern = { dependencies, bystanders: new Set(), differs: [] };

interface DirectorOptions {
  /** Whether states that go on alike are one, and one order of two that commute is enough. */
  readonly reduces?: boolean;
  /** Anything may be struck if not given. */
  readonly concern?: Concern;
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
 * Directs one run of a variant's cloud: asks the picker wherever the run could go otherwise. An invocation goes on to
 * its end once its first call was chosen, unless its next call may meet what another does.
 */
export class Director implements Conductor, Faults {
  readonly state: State;
  readonly tries = new Tries();
  /** What struck, by the names of a schedule, and where. */
  readonly struck: { readonly name: string; readonly where: string }[] = [];
  /** How many questions after faults were asked. */
  moments = 0;
  readonly #picker: Picker;
  readonly #reduces: boolean;
  readonly #concern: Concern;
  #left: Budget;
  readonly #outages: Outages;
  #held: HeldBack[] = [];
  #current: string | undefined;
  #letGo = false;
  #beganMs: number | undefined;
  /** How many executions were started that may come twice, and whether one did. */
  #starts = 0;
  #isTwice = false;
  /** Whether a call of a state machine was struck, which comes again without anybody being asked what is next. */
  #isTaskStruck = false;
  #isSpared = false;
  readonly #tries = new Map<string, string>();

  constructor(picker: Picker, budget: Budget, { reduces = true, concern = everything }: DirectorOptions = {}) {
    this.#picker = picker;
    this.#left = budget;
    this.#reduces = reduces;
    this.#concern = concern;
    this.#outages = new Outages(picker);
    this.state = new State(reduces);
  }

  add(happening: Happening): void {
    this.state.add(happening);
    if (happening.type !== "InvocationEnded") return;
    const { requestId, error, atMs } = happening;
    if (error === undefined) this.tries.end(requestId);
    else if (!refusalNames.includes(error)) this.tries.fail(requestId, atMs);
  }

  /** What struck it, in the words in which a variant declares its differences. */
  befell(scenario: string): Befell {
    const { toll } = this.tries;
    const keptSeconds = toll.keptSeconds(this.#beganMs ?? 0);
    return { scenario, faults: toll.plan(this.#outages.lasting), keptSeconds, profile: "equal" };
  }

  /** Whether it was kept from whoever undoes or parks that a step failed. */
  get losesRecords(): boolean {
    return this.struck.some(({ name }) => name === recordLost);
  }

  /** Whether a bus was made to take an event late that its publisher took for lost. */
  get isSaidLate(): boolean {
    return this.struck.some(({ name, where }) => name === "late-effect" && where.includes("event-bus"));
  }

  next(agenda: Agenda): number | undefined {
    this.#beganMs ??= agenda.nowMs;
    const abouts = agenda.now.map(({ about }) => about?.());
    this.#arrive(agenda, abouts);
    // What touches no item comes at once: handlers begin, and wait with their first call.
    const invisible = abouts.findIndex(
      (about) => about?.what !== "call" || this.#concern.bystanders.has(about.functionName),
    );
    if (invisible >= 0) return invisible;
    const calls = abouts as Call[];
    if (this.#letGo) {
      this.#letGo = false;
      return calls.length - 1;
    }
    const current = calls.findIndex(({ late, requestId }) => !late && requestId === this.#current);
    const begun = current >= 0;
    const able = calls
      .map((_call, index) => index)
      .filter((index) => !begun || this.#meet(calls[current]!, calls[index]!));
    const indices = begun ? [current, ...able.filter((index) => index !== current)] : able;
    const held = this.#held.filter((each) =>
      this.#mayCome(each, { calls: indices.map((index) => calls[index]!), begun, nowMs: agenda.nowMs }),
    );
    const options = [...indices.map((index) => this.#nameOf(calls[index]!)), ...held.map(({ name }) => name)];
    const turns = this.#turns(agenda, calls, options.length);
    const closed = redundant(
      indices.flatMap((index) => turns[index] ?? []),
      this.#left.asleep ?? [],
    );
    // It is asked all the same where nobody may interrupt, so that a schedule counts the same questions.
    const whole = begun && (this.#left.isWhole === true || (this.#isTwice && this.#starts > 1));
    const isOpen = (option: number) => (!whole || option === 0 || option >= indices.length) && !closed[option];
    const open = unique(options).filter((_name, option) => isOpen(option));
    if (open.length === 0) throw new SeenBefore();
    const picked = options.length > 1 ? this.#picker.pick("next", open) : 0;
    const taken = unique(options).indexOf(open[picked]!);
    const index = indices[taken];
    this.#putToSleep(
      index === undefined ? undefined : calls[index],
      indices.slice(0, taken).flatMap((each, option) => (isOpen(option) ? (turns[each] ?? []) : [])),
      turns,
    );
    if (index === undefined) return this.#release(held[taken - indices.length]!);
    for (const each of held) each.offeredAtMs = agenda.nowMs;
    if (!calls[index]!.late) this.#current = calls[index]!.requestId;
    return index;
  }

  /** All calls that wait, where it makes a difference which of them is next. */
  #turns(agenda: Agenda, calls: readonly Call[], options: number): Turn[] {
    const { asleep = [] } = this.#left;
    if (!this.#reduces || (options < 2 && asleep.length === 0)) return [];
    const alike = this.state.invocations(agenda);
    return calls.map((call) => {
      const { requestId, operation, input } = call;
      const invocation = [alike.get(requestId) ?? requestId, this.tries.of(requestId), operation, plain(input)];
      return { call, invocation: digest(invocation.join(" ")) };
    });
  }

  /** A late effect meets anything, and so does a fault that may still strike. */
  #putToSleep(next: Call | undefined, could: readonly Turn[], others: readonly Turn[]): void {
    const { asleep, faults } = this.#left;
    if (!asleep || others.length === 0) return;
    const isMet = !next || next.late || faults > 0 || this.#outages.any;
    this.#left = { ...this.#left, asleep: isMet ? [] : sleepers(next, { could, others, asleep }) };
  }

  /** What an invocation will touch that has not begun is not known yet. */
  #meet(call: Call, other: Call): boolean {
    if (this.state.hasBegun(other.requestId)) return touchTheSame(call, other) && (isWrite(call) || isWrite(other));
    return mayMeet(call, other) && (isWrite(call) || this.state.hasBegun(call.requestId));
  }

  /** Whether a call will certainly be turned down, and so neither reads nor writes. */
  #isAway(call: Call): boolean {
    const dependency = dependencyOf(call);
    return dependency !== undefined && this.#outages.isAway(dependency);
  }

  /**
   * An effect comes right before a call that touches what it writes: it makes no difference how long before. News comes
   * once between two moves of time, since whom it wakes can wait in its turn.
   */
  #mayCome(
    held: HeldBack,
    { calls, begun, nowMs }: { calls: readonly Call[]; begun: boolean; nowMs: number },
  ): boolean {
    const { call } = held;
    if (call && touchedBy(call).length > 0)
      return calls.some((each) => touchTheSame(each, call) && !this.#isAway(each));
    return !begun && held.offeredAtMs !== nowMs;
  }

  /** Ends what lasts. */
  calm(): void {
    this.#outages.end();
  }

  /** Lets nothing more befall the run. */
  spare(): void {
    this.calm();
    this.#isSpared = true;
    this.#left = { ...this.#left, faults: 0, duplicates: 0 };
  }

  idle(agenda: Agenda, dueMs: number | undefined): boolean {
    // For less than a second an SDK waits, or a transaction that met another: nothing else is due in between.
    if (dueMs !== undefined && dueMs - agenda.nowMs < secondMs) return false;
    this.#arrive(agenda);
    const held = this.#chooseLate(agenda, dueMs === undefined);
    if (held) {
      this.#release(held);
      return true;
    }
    const late = this.#held.map(({ name }) => name);
    if (dueMs !== undefined) this.#outages.timeMoves((away) => this.state.outline(agenda, [away, late]));
    return false;
  }

  /** What was kept back and comes before time moves on, or the run ends: by then all that is delivered has come. */
  #chooseLate({ nowMs }: Agenda, isEnd: boolean): HeldBack | undefined {
    const held = this.#held.filter((each) => {
      const isEffect = each.call && touchedBy(each.call).length > 0;
      return isEnd || (isEffect ? this.#isTaskStruck : each.offeredAtMs !== nowMs);
    });
    const mustCome = isEnd && held.some(({ call }) => !call);
    const first = mustCome ? [] : ["time moves on"];
    const options = [...first, ...unique(held.map(({ name }) => name))];
    const taken = options.length > 1 ? this.#picker.pick("late", options) : 0;
    for (const each of held) each.offeredAtMs = nowMs;
    return held[taken - first.length];
  }

  onAwsCall(call: AwsCall): AwsCallFault | undefined {
    const dependency = this.#concern.bystanders.has(call.functionName) ? undefined : askedBy(call);
    const where = `${this.#invocationOf(call)}: ${dependency} ${call.operation}`;
    // Where Lambda is away, each try that it is asked for is turned down.
    const away = dependency && dependency !== "lambda" ? this.#outages.at(dependency) : undefined;
    const strike =
      !dependency || away ? undefined : this.#strike({ ...call, dependency, where }, () => strikesOn(call, dependency));
    const kind = away?.kind ?? strike?.kind;
    this.state.tell(call, kind ?? "");
    if (kind && dependency) this.tries.strikeCall(call, { kind, dependency, isWrite: isWrite(call) });
    const { requestId, functionName, correlationId, service, operation, input } = call;
    const late: Call = { what: "call", late: true, functionName, requestId, correlationId, service, operation, input };
    return kind && faultOf(kind, call, (letGo) => this.#hold({ name: `late ${where}`, call: late, letGo }));
  }

  onTaskCall(call: Parameters<NonNullable<Faults["onTaskCall"]>>[0]) {
    const dependency = call.service === "dynamodb" ? dependencyOf(call) : undefined;
    if (!dependency) return undefined;
    const isStruck =
      this.#outages.at(dependency) ||
      this.#strike({ dependency, where: `${call.stateMachine} ${dependency} ${call.operation}` }, () => [
        outage("server-error", dependency),
      ]);
    if (!isStruck) return undefined;
    this.#isTaskStruck = true;
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
      this.#outages.at("lambda") ?? this.#strike({ functionName, dependency: "lambda", where }, () => strikesOnTries)
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
    if (this.#outages.at("rule-target")) return fails();
    const twice = this.#left.duplicates > 0 && attempt === 1;
    const duplicate: Strike[] = twice ? [{ name: "duplicate", kind: "duplicate" }] : [];
    const faults: Strike[] =
      this.#left.faults > 0 && this.#mayStrike({ functionName: target, dependency: "rule-target" })
        ? [outage("delivery-failed", "rule-target"), { name: "delay", kind: "delay" }]
        : [];
    if (duplicate.length + faults.length === 0) this.#picker.pass?.(faultAt(where));
    const strike = this.#choose(where, [...duplicate, ...faults]);
    if (!strike) return undefined;
    this.#left = less(this.#left, strike.kind === "duplicate" ? "duplicates" : "faults");
    if (strike.kind === "delay") return { held };
    return strike.kind === "duplicate" ? "duplicate" : fails();
  }

  /** @returns 1 where an Express execution that was started comes twice; whatever else chance decides goes in order */
  choose(what: string): 0 | 1 {
    if (what !== "run an Express execution twice") return 0;
    this.#starts += 1;
    const where = "start of an execution";
    if (this.#left.duplicates === 0) {
      this.#picker.pass?.(faultAt(where));
      return 0;
    }
    if (!this.#choose(where, [{ name: "duplicate", kind: "duplicate" }])) return 0;
    this.#left = less(this.#left, "duplicates");
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
    if (this.#left.faults === 0 || !this.#mayStrike(struck)) {
      if (strikes().length > 0) this.#picker.pass?.(faultAt(struck.where));
      return undefined;
    }
    const strike = this.#choose(struck.where, strikes());
    if (strike) this.#left = less(this.#left, "faults");
    return strike;
  }

  #mayStrike({ functionName, dependency }: Pick<Strikable, "functionName" | "dependency">): boolean {
    const { only } = this.#left;
    if (!only || functionName === undefined) return true;
    return only.some((aim) => functionName.includes(aim.step) && (aim.dependency ?? dependency) === dependency);
  }

  #choose(where: string, strikes: readonly Strike[]): Strike | undefined {
    if (strikes.length === 0) return undefined;
    this.moments += 1;
    const strike = strikes[this.#picker.pick(faultAt(where), ["none", ...strikes.map(({ name }) => name)]) - 1];
    if (!strike) return undefined;
    this.struck.push({ name: strike.name, where });
    if (strike.outage) this.#outages.begin(strike.outage);
    return strike;
  }

  #hold(held: HeldBack): void {
    this.#held.push(held);
  }

  /** Lets something go that was kept back; the clock then asks again. */
  #release(held: HeldBack): undefined {
    this.#held = this.#held.filter((each) => each !== held);
    this.#letGo = held.call !== undefined;
    held.letGo();
  }

  /** @throws SeenBefore */
  #arrive(agenda: Agenda, abouts: readonly (About | undefined)[] = []): void {
    if (this.#reduces) this.#held = this.#held.filter(({ call }) => !call || !this.state.isSpent(call));
    const fingerprint = () => {
      const current = abouts.find(
        (about) => about?.what === "call" && !about.late && about.requestId === this.#current,
      );
      const held = this.#held.map(({ name, call, offeredAtMs }) =>
        call && touchedBy(call).length > 0 ? call.input : [call?.input ?? name, offeredAtMs === agenda.nowMs],
      );
      const outages = this.#outages.summary;
      const toll = this.tries.toll.summary(agenda.nowMs, this.#concern.differs);
      const more = [
        this.tries.summary,
        toll,
        outages,
        held,
        this.isSaidLate,
        this.#letGo,
        this.#isTaskStruck,
        this.#isSpared,
      ];
      return this.state.fingerprint(agenda, more, (current as Call | undefined)?.requestId);
    };
    const left = this.#picker.arrive ? this.#picker.arrive(fingerprint, this.#left) : this.#left;
    if (!left) throw new SeenBefore();
    this.#left = left;
  }

  readonly #invocationOf = ({ requestId, functionName }: Pick<Call, "requestId" | "functionName">): string =>
    this.#tries.get(requestId) ?? stepOf(functionName);

  readonly #nameOf = (call: Call): string =>
    `${call.late ? "late " : ""}${this.#invocationOf(call)}: ${call.operation}`;
}

/** A function that calls another asks Lambda. */
const askedBy = (call: AwsCall): Dependency | undefined =>
  dependencyOf(call) ?? (call.service === "lambda" && call.operation === "Invoke" ? "lambda" : undefined);

const faultAt = (where: string): string => `fault at ${where}`;

const less = (left: Budget, of: "faults" | "duplicates"): Budget => ({ ...left, [of]: left[of] - 1 });

const stepOf = (name: string): string => stepNames.find((step) => name.includes(step)) ?? name;

/** Options have names of their own: one that is there twice gets a number. */
const unique = (names: readonly string[]): string[] =>
  names.map((name, index) => {
    const before = names.slice(0, index).filter((each) => each === name).length;
    return before > 0 ? `${name} (${before + 1})` : name;
  });
