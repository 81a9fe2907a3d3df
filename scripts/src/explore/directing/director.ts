import type { About, Agenda, Conductor, Happening } from "@ovsc/local";
import { refusalNames } from "@ovsc/shared";
import { dependencies } from "@ovsc/shared/variant";
import { dependencyOf } from "../../faults/struck.ts";
import type { Befell } from "../../judgement/declared.ts";
import type { Budget } from "../picking/budget.ts";
import type { Picker } from "../picking/picker.ts";
import { redundant, sleepers, type Turn } from "./commuting.ts";
import { digest, plain } from "./gist.ts";
import { type Call, isWrite, mayMeet, touchedBy, touchTheSame } from "./items.ts";
import { State } from "./state.ts";
import { type Concern, type HeldBack, Striker } from "./striker.ts";

/** Thrown to end a run in a state from which all has been walked. */
export class SeenBefore extends Error {}

const secondMs = 1000;

const everything: Concern = { dependencies, bystanders: new Set(), differs: [] };

interface DirectorOptions {
  /** Whether states that go on alike are one, and one order of two that commute is enough. */
  readonly reduces?: boolean;
  /** Anything may be struck if not given. */
  readonly concern?: Concern;
}

/**
 * Directs one run of a variant's cloud: asks the picker who is next, and leaves it to the striker what strikes. An
 * invocation goes on to its end once its first call was chosen, unless its next call may meet what another does.
 */
export class Director implements Conductor {
  readonly state: State;
  /** What strikes it meanwhile. */
  readonly striker: Striker;
  readonly #picker: Picker;
  readonly #reduces: boolean;
  readonly #concern: Concern;
  #current: string | undefined;
  #letGo = false;
  #beganMs: number | undefined;
  #isSpared = false;

  constructor(picker: Picker, budget: Budget, { reduces = true, concern = everything }: DirectorOptions = {}) {
    this.#picker = picker;
    this.#reduces = reduces;
    this.#concern = concern;
    this.state = new State(reduces);
    this.striker = new Striker(picker, budget, { state: this.state, concern });
  }

  add(happening: Happening): void {
    this.state.add(happening);
    if (happening.type !== "InvocationEnded") return;
    const { requestId, error, atMs } = happening;
    const { tries } = this.striker;
    if (error === undefined) tries.end(requestId);
    else if (!refusalNames.includes(error)) tries.fail(requestId, error, atMs);
  }

  /** What struck it, in the words in which a variant declares its differences. */
  befell(scenario: string): Befell {
    return this.striker.befell(scenario, this.#beganMs ?? 0);
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
    const held = this.striker.held.filter((each) =>
      this.#mayCome(each, { calls: indices.map((index) => calls[index]!), begun, nowMs: agenda.nowMs }),
    );
    const options = [...indices.map((index) => this.#nameOf(calls[index]!)), ...held.map(({ name }) => name)];
    const turns = this.#turns(agenda, calls, options.length);
    const closed = redundant(
      indices.flatMap((index) => turns[index] ?? []),
      this.striker.left.asleep ?? [],
    );
    // It is asked all the same where nobody may interrupt, so that a schedule counts the same questions.
    const whole = begun && (this.striker.left.isWhole === true || this.striker.isTwice);
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
    const { asleep = [] } = this.striker.left;
    if (!this.#reduces || (options < 2 && asleep.length === 0)) return [];
    const alike = this.state.invocations(agenda);
    return calls.map((call) => {
      const { requestId, operation, input } = call;
      const invocation = [alike.get(requestId) ?? requestId, this.striker.tries.of(requestId), operation, plain(input)];
      return { call, invocation: digest(invocation.join(" ")) };
    });
  }

  /** A late effect meets anything, and so does a fault that may still strike. */
  #putToSleep(next: Call | undefined, could: readonly Turn[], others: readonly Turn[]): void {
    const { asleep, faults } = this.striker.left;
    if (!asleep || others.length === 0) return;
    const isMet = !next || next.late || faults > 0 || this.striker.outages.any;
    this.striker.left = { ...this.striker.left, asleep: isMet ? [] : sleepers(next, { could, others, asleep }) };
  }

  /** What an invocation will touch that has not begun is not known yet. */
  #meet(call: Call, other: Call): boolean {
    if (this.state.hasBegun(other.requestId)) return touchTheSame(call, other) && (isWrite(call) || isWrite(other));
    return mayMeet(call, other) && (isWrite(call) || this.state.hasBegun(call.requestId));
  }

  /** Whether a call will certainly be turned down, and so neither reads nor writes. */
  #isAway(call: Call): boolean {
    const dependency = dependencyOf(call);
    return dependency !== undefined && this.striker.outages.isAway(dependency);
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
    this.striker.outages.end();
  }

  /** Lets nothing more befall the run. */
  spare(): void {
    this.calm();
    this.#isSpared = true;
    this.striker.left = { ...this.striker.left, faults: 0, duplicates: 0 };
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
    const late = this.striker.held.map(({ name }) => name);
    if (dueMs !== undefined) this.striker.outages.timeMoves((away) => this.state.outline(agenda, [away, late]));
    return false;
  }

  /** What was kept back and comes before time moves on, or the run ends: by then all that is delivered has come. */
  #chooseLate({ nowMs }: Agenda, isEnd: boolean): HeldBack | undefined {
    const held = this.striker.held.filter((each) => {
      const isEffect = each.call && touchedBy(each.call).length > 0;
      return isEnd || (isEffect ? this.striker.isTaskStruck : each.offeredAtMs !== nowMs);
    });
    const mustCome = isEnd && held.some(({ call }) => !call);
    const first = mustCome ? [] : ["time moves on"];
    const options = [...first, ...unique(held.map(({ name }) => name))];
    const taken = options.length > 1 ? this.#picker.pick("late", options) : 0;
    for (const each of held) each.offeredAtMs = nowMs;
    return held[taken - first.length];
  }

  /** Lets something go that was kept back; the clock then asks again. */
  #release(held: HeldBack): undefined {
    this.striker.held = this.striker.held.filter((each) => each !== held);
    this.#letGo = held.call !== undefined;
    held.letGo();
  }

  /** @throws SeenBefore */
  #arrive(agenda: Agenda, abouts: readonly (About | undefined)[] = []): void {
    if (this.#reduces) this.striker.held = this.striker.held.filter(({ call }) => !call || !this.state.isSpent(call));
    const fingerprint = () => {
      const current = abouts.find(
        (about) => about?.what === "call" && !about.late && about.requestId === this.#current,
      );
      const held = this.striker.held.map(({ name, call, offeredAtMs }) =>
        call && touchedBy(call).length > 0 ? call.input : [call?.input ?? name, offeredAtMs === agenda.nowMs],
      );
      const outages = this.striker.outages.summary;
      const toll = this.striker.tries.toll.summary(agenda.nowMs, this.#concern.differs);
      const more = [
        this.striker.tries.summary,
        toll,
        outages,
        held,
        this.striker.isSaidLate,
        this.#letGo,
        this.striker.isTaskStruck,
        this.#isSpared,
      ];
      return this.state.fingerprint(agenda, more, (current as Call | undefined)?.requestId);
    };
    const left = this.#picker.arrive ? this.#picker.arrive(fingerprint, this.striker.left) : this.striker.left;
    if (!left) throw new SeenBefore();
    this.striker.left = left;
  }

  readonly #nameOf = (call: Call): string =>
    `${call.late ? "late " : ""}${this.striker.invocationOf(call)}: ${call.operation}`;
}

/** Options have names of their own: one that is there twice gets a number. */
const unique = (names: readonly string[]): string[] =>
  names.map((name, index) => {
    const before = names.slice(0, index).filter((each) => each === name).length;
    return before > 0 ? `${name} (${before + 1})` : name;
  });
