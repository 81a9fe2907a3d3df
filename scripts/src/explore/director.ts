import type {
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
import { stepNames } from "@ovsc/shared";
import { dependencyOf } from "../faults/struck.ts";
import { type Call, mayMeet } from "./items.ts";
import type { Picker } from "./picker.ts";
import { State } from "./state.ts";
import { faultOf, isAway, type Outage, outage, type Strike, strikesOn } from "./strikes.ts";

/** What may befall a run beside the order of things. */
export interface Budget {
  readonly faults: number;
  /** Deliveries that come twice. */
  readonly duplicates: number;
}

/** Thrown to end a run in a state from which all has been walked. */
export class SeenBefore extends Error {}

/** Something kept back: a call whose caller is gone, or a delivery. */
interface HeldBack {
  readonly name: string;
  /** What it will touch; a delivery touches nothing by itself. */
  readonly call?: Call;
  readonly letGo: () => void;
}

const secondMs = 1000;

/**
 * Directs one run of a variant's cloud: asks the picker wherever the run could go otherwise. An invocation goes on to
 * its end once its first call was chosen, unless its next call may meet what another does.
 */
export class Director implements Conductor, Faults {
  readonly state = new State();
  /** What struck, by the names of a schedule, and where. */
  readonly struck: { readonly name: string; readonly where: string }[] = [];
  /** How many questions after faults were asked. */
  moments = 0;
  readonly #picker: Picker;
  readonly #seen: (fingerprint: string, left: Budget) => boolean;
  #faultsLeft: number;
  #duplicatesLeft: number;
  readonly #outages: Outage[] = [];
  #held: HeldBack[] = [];
  #current: string | undefined;
  #letGo = false;
  readonly #tries = new Map<string, string>();

  /** @param seen whether all has been walked from such a state, with as much left to befall it or more */
  constructor(picker: Picker, budget: Budget, seen: (fingerprint: string, left: Budget) => boolean = () => false) {
    this.#picker = picker;
    this.#seen = seen;
    this.#faultsLeft = budget.faults;
    this.#duplicatesLeft = budget.duplicates;
  }

  add(happening: Happening): void {
    this.state.add(happening);
  }

  /** Whether a bus was made to take an event late that its publisher took for lost. */
  get isSaidLate(): boolean {
    return this.struck.some(({ name, where }) => name === "late-effect" && where.includes("event-bus"));
  }

  next(agenda: Agenda): number | undefined {
    const abouts = agenda.now.map(({ about }) => about?.());
    // What touches no item comes at once: handlers begin, and wait with their first call.
    const invisible = abouts.findIndex((about) => about?.what !== "call");
    if (invisible >= 0) return invisible;
    const calls = abouts as Call[];
    if (this.#letGo) {
      this.#letGo = false;
      return calls.length - 1;
    }
    const current = calls.findIndex(({ late, requestId }) => !late && requestId === this.#current);
    const begun = current >= 0;
    const rivals = calls
      .map((call, index) => ({ call, index }))
      .filter(({ call, index }) => (begun ? index !== current && mayMeet(calls[current]!, call) : true));
    const held = this.#held.filter(({ call }) => !begun || (call && mayMeet(calls[current]!, call)));
    if (!begun || rivals.length + held.length > 0) this.#compare(agenda, begun ? this.#nameOf(calls[current]!) : "");
    const indices = [...(begun ? [current] : []), ...rivals.map(({ index }) => index)];
    const options = [...indices.map((index) => this.#nameOf(calls[index]!)), ...held.map(({ name }) => name)];
    const taken = options.length > 1 ? this.#picker.pick("next", unique(options)) : 0;
    const index = indices[taken];
    if (index === undefined) return this.#release(held[taken - indices.length]!);
    if (!calls[index]!.late) this.#current = calls[index]!.requestId;
    return index;
  }

  idle(agenda: Agenda, dueMs: number | undefined): boolean {
    // For less than a second an SDK waits, or a transaction that met another: nothing else is due in between.
    if (dueMs !== undefined && dueMs - agenda.nowMs < secondMs) return false;
    const outages = dueMs === undefined ? [] : [...this.#outages];
    if (this.#held.length + outages.length > 0) this.#compare(agenda);
    const held = this.#chooseLate(dueMs === undefined);
    if (held) {
      this.#release(held);
      return true;
    }
    for (const each of outages) {
      const at = `${each.kind} of ${each.dependency} as time moves on`;
      if (this.#picker.pick(at, ["ends", "goes on"]) === 0) this.#outages.splice(this.#outages.indexOf(each), 1);
    }
    return false;
  }

  /** What was kept back and comes before time moves on, or the run ends: by then all that is delivered has come. */
  #chooseLate(isEnd: boolean): HeldBack | undefined {
    const mustCome = isEnd && this.#held.some(({ call }) => !call);
    const first = mustCome ? [] : ["time moves on"];
    const options = [...first, ...unique(this.#held.map(({ name }) => name))];
    const taken = options.length > 1 ? this.#picker.pick("late", options) : 0;
    return this.#held[taken - first.length];
  }

  onAwsCall(call: AwsCall): AwsCallFault | undefined {
    const dependency = dependencyOf(call);
    const where = `${this.#invocationOf(call)}: ${dependency} ${call.operation}`;
    const away = dependency && this.#outages.find((each) => isAway(each, dependency));
    const strike = !dependency || away ? undefined : this.#strike(where, () => strikesOn(call, dependency));
    const kind = away?.kind ?? strike?.kind;
    this.state.tell(call, kind ?? "");
    const { requestId, functionName, correlationId, service, operation, input } = call;
    const late: Call = { what: "call", late: true, functionName, requestId, correlationId, service, operation, input };
    return kind && faultOf(kind, call, (letGo) => this.#hold({ name: `late ${where}`, call: late, letGo }));
  }

  onTaskCall(call: Parameters<NonNullable<Faults["onTaskCall"]>>[0]) {
    const dependency = call.service === "dynamodb" ? dependencyOf(call) : undefined;
    if (!dependency) return undefined;
    const isStruck =
      this.#outages.some((each) => isAway(each, dependency)) ||
      this.#strike(`${call.stateMachine} ${dependency} ${call.operation}`, () => [outage("server-error", dependency)]);
    return isStruck ? ({ fail: "InternalServerError" } as const) : undefined;
  }

  onInvocation({ functionName, requestId, attempt, correlationId }: InvocationTry): InvocationFault | undefined {
    const where = `${stepOf(functionName)}(${correlationId}) try ${attempt}`;
    this.#tries.set(requestId, where);
    if (this.#outages.some(({ dependency }) => dependency === "lambda")) return "throttle";
    const strike = this.#strike(where, () => [
      outage("throttle", "lambda"),
      { name: "service-error", kind: "service-error" },
      { name: "out-of-memory", kind: "out-of-memory" },
    ]);
    if (strike?.kind === "throttle") return "throttle";
    if (strike?.kind === "service-error") return "service error";
    return strike && "out of memory";
  }

  /** What can happen to an event in Lambda's queue can happen to its delivery, right before: that is asked alone. */
  onDelivery({ target, correlationId, attempt, isDuplicate, detailType }: DeliveryAttempt): DeliveryFault | undefined {
    const where = `delivery of ${detailType} to ${stepOf(target)}(${correlationId}) try ${attempt}`;
    const held = (letGo: () => void) => this.#hold({ name: `late ${where}`, letGo });
    if (isDuplicate) {
      const isLate = this.#picker.pick(`second ${where}`, ["at once", "late"]) === 1;
      return isLate ? { held } : undefined;
    }
    if (this.#outages.some(({ dependency }) => dependency === "rule-target")) return "fail";
    const twice = this.#duplicatesLeft > 0 && attempt === 1;
    const duplicate: Strike[] = twice ? [{ name: "duplicate", kind: "duplicate" }] : [];
    const faults: Strike[] =
      this.#faultsLeft > 0 ? [outage("delivery-failed", "rule-target"), { name: "delay", kind: "delay" }] : [];
    const strike = this.#choose(where, [...duplicate, ...faults]);
    if (!strike) return undefined;
    if (strike.kind === "duplicate") this.#duplicatesLeft -= 1;
    else this.#faultsLeft -= 1;
    if (strike.kind === "delay") return { held };
    return strike.kind === "duplicate" ? "duplicate" : "fail";
  }

  onDestination({ functionName, correlationId }: QueuedInvocation): "lose record" | undefined {
    const where = `record of ${stepOf(functionName)}(${correlationId})`;
    return this.#strike(where, () => [{ name: "record-lost", kind: "record-lost" }]) && "lose record";
  }

  /** Whether a fault of one of these kinds strikes here, while there may be another. */
  #strike(where: string, strikes: () => readonly Strike[]): Strike | undefined {
    if (this.#faultsLeft === 0) return undefined;
    const strike = this.#choose(where, strikes());
    if (strike) this.#faultsLeft -= 1;
    return strike;
  }

  #choose(where: string, strikes: readonly Strike[]): Strike | undefined {
    if (strikes.length === 0) return undefined;
    this.moments += 1;
    const strike = strikes[this.#picker.pick(`fault at ${where}`, ["none", ...strikes.map(({ name }) => name)]) - 1];
    if (!strike) return undefined;
    this.struck.push({ name: strike.name, where });
    if (strike.outage) this.#outages.push(strike.outage);
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
  #compare(agenda: Agenda, begun = ""): void {
    if (!this.#picker.isNew) return;
    const held = this.#held.map(({ name, call }) => [name, call?.input]);
    const fingerprint = this.state.fingerprint(agenda, [this.#outages, held, begun, this.isSaidLate]);
    if (this.#seen(fingerprint, { faults: this.#faultsLeft, duplicates: this.#duplicatesLeft })) throw new SeenBefore();
  }

  readonly #invocationOf = ({ requestId, functionName }: Pick<Call, "requestId" | "functionName">): string =>
    this.#tries.get(requestId) ?? stepOf(functionName);

  readonly #nameOf = (call: Call): string =>
    `${call.late ? "late " : ""}${this.#invocationOf(call)}: ${call.operation}`;
}

const stepOf = (name: string): string => stepNames.find((step) => name.includes(step)) ?? name;

/** Options have names of their own: one that is there twice gets a number. */
const unique = (names: readonly string[]): string[] =>
  names.map((name, index) => {
    const before = names.slice(0, index).filter((each) => each === name).length;
    return before > 0 ? `${name} (${before + 1})` : name;
  });
