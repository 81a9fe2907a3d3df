import type { About, Agenda, AwsCall, Happening } from "@ovsc/local";
import { digest, gistOfItem, gistOfPayload, gistOfSaid, plain } from "./gist.ts";
import { everything, keyOf, type Row, touchedBy } from "./items.ts";
import { isSpent } from "./spent.ts";

/**
 * What a run has come to, as far as it decides what can still happen and how that is judged: items, queues, executions,
 * invocations under way, what is due and when from now. Ids and times of day are left out of it.
 */
export class State {
  readonly #reduces: boolean;
  /** As AWS writes them, by their keys. */
  readonly #items = new Map<string, object>();
  /** Names of events by order, each when it was said first: the judgement asks for no more. */
  readonly #said = new Map<string | undefined, Set<string>>();
  readonly #messages: string[] = [];
  readonly #executions = new Map<string, string>();
  /** What an invocation was told so far, which with its payload decides what it does next. */
  readonly #told = new Map<string, Told[]>();

  /** @param reduces whether what makes no difference any more is left out too */
  constructor(reduces: boolean) {
    this.#reduces = reduces;
  }

  /** Whether a late call can never take effect. */
  isSpent({ service, input }: Pick<AwsCall, "service" | "input">): boolean {
    return service === "dynamodb" && isSpent(input, (key) => this.#items.get(key));
  }

  add(happening: Happening): void {
    switch (happening.type) {
      case "ItemChanged":
        // Somebody else's table, such as a listener's.
        if (!(happening.keys as Row).sk) return;
        if (happening.newImage === undefined) this.#items.delete(keyOf(happening.keys as Row));
        else this.#items.set(keyOf(happening.keys as Row), happening.newImage as object);
        return;
      case "EventPublished":
        this.#saidOf(happening.correlationId).add(happening.detailType);
        return;
      case "MessageSent":
        this.#messages.push(plain(happening.body));
        return;
      case "ExecutionEvent": {
        const { execution, event, state } = happening;
        if (event.endsWith("StateEntered")) this.#executions.set(execution, state!);
        else if (closed.test(event)) this.#executions.set(execution, `${this.#executions.get(execution)} ${event}`);
        return;
      }
      case "DurableEvent": {
        const { execution, event, name } = happening;
        // How often its function failed is kept by whoever runs it again.
        if (event === "InvocationFailed") return;
        // Once a step has answered, the workflow goes on from there, whatever came before.
        const before = event === "ChainedInvokeSucceeded" ? "" : (this.#executions.get(execution) ?? "");
        this.#executions.set(execution, `${before} ${name ?? ""} ${event}`);
        return;
      }
      case "InvocationEnded":
        this.#told.delete(happening.requestId);
        return;
      case "AwsCall":
      case "Delivery":
      case "Fault":
      case "InvocationStarted":
      case "Log":
    }
  }

  /** A call of an invocation is about to take effect, or to be struck. */
  tell(call: AwsCall, fault: string): void {
    const { requestId, operation, input } = call;
    const touched = touchedBy(call);
    const items = touched.includes(everything) ? [...this.#items.values()] : touched.map((key) => this.#items.get(key));
    const told = this.#told.get(requestId) ?? [];
    this.#told.set(requestId, told);
    // How often the SDK asked in vain matters as long as it asks.
    if (fault === "") {
      while (told.at(-1)?.fault && told.at(-1)!.operation === operation && sameInput(told.at(-1)!.input, input))
        told.pop();
    }
    told.push({ operation, input, items, fault });
  }

  /** Whether a call of an invocation took effect or was struck. */
  hasBegun(requestId: string): boolean {
    return this.#told.has(requestId);
  }

  /**
   * @param more what else decides how it goes on
   * @param current the invocation that goes on, if any
   * @returns the same for states that go on alike
   */
  fingerprint(agenda: Agenda, more: readonly unknown[], current?: string): string {
    const { now, nowMs } = agenda;
    const due = agenda.later().map(({ dueMs, about }) => {
      const is = about?.();
      const seconds = secondsFrom(nowMs, dueMs);
      const after = is?.what === "execution" && seconds > nearSeconds ? "" : seconds;
      const goesOn = is?.what === "invocation" && is.requestId === current ? "*" : "";
      return `${after} ${goesOn}${is ? this.#described(is) : ""}`;
    });
    const parts = [
      ...this.#standing(),
      ...due,
      ...now.flatMap(({ about }) => {
        const is = about?.();
        return is?.what === "other" && is["isCancelled"] ? [] : [is ? this.#described(is) : ""];
      }),
      plain(more),
    ];
    return digest(parts.join("\n"));
  }

  /** @returns the same for invocations under way that go on alike, each by its request id */
  invocations(agenda: Agenda): Map<string, string> {
    const described = agenda.later().flatMap(({ dueMs, about }) => {
      const is = about?.();
      if (is?.what !== "invocation") return [];
      return [[is.requestId, `${secondsFrom(agenda.nowMs, dueMs)} ${this.#described(is)}`] as const];
    });
    return new Map(described);
  }

  /**
   * @returns the same for states that differ in how often what is due was tried in vain, and in when it is tried again;
   * nothing while anything is under way, and where only ticks are left: no budget ends what comes with them
   */
  outline(agenda: Agenda, more: readonly unknown[]): string | undefined {
    const later = agenda.later();
    if (agenda.now.length > 0 || later.length === 0) return undefined;
    const due = later.map(({ about }) => about?.());
    const outlines = due.map((about) => (about ? this.#described(inOutline(about)) : ""));
    return digest([...this.#standing(), ...outlines.toSorted(), plain(more)].join("\n"));
  }

  /** What is left behind, as far as it is judged: the same for ends that are alike. */
  get end(): string {
    return digest(this.#standing(true).join("\n"));
  }

  /** All that is there, but for what is under way and due. */
  #standing(reduces = this.#reduces): string[] {
    const { messages, said } = reduces
      ? { messages: this.#messages.length > 0 ? ["dead letters"] : [], said: gistOfSaid }
      : { messages: this.#messages.toSorted(), said: (names: ReadonlySet<string>) => [...names] };
    return [
      ...[...this.#items].map(([key, item]) => `${key} ${textOf(item, reduces)}`).toSorted(),
      ...[...this.#said].map(([orderId, names]) => `${orderId} ${said(names).join(" ")}`).toSorted(),
      ...messages,
      ...[...this.#executions].map(plain).toSorted(),
    ];
  }

  #saidOf(orderId: string | undefined): Set<string> {
    const said = this.#said.get(orderId) ?? new Set();
    this.#said.set(orderId, said);
    return said;
  }

  #described(about: About): string {
    switch (about.what) {
      case "invocation": {
        const { functionName, payload, attempt, requestId } = about;
        const told = this.#told.get(requestId) ?? [];
        return `${functionName} ${attempt} ${plain(this.#gist(payload))} ${told.map(this.#plainTold).join(" ")}`;
      }
      case "call":
        // One of an invocation follows from what that was told.
        return about.late ? plain([about.operation, about.input]) : `${about.functionName} ${about.operation}`;
      case "execution":
        return plain(about);
      case "other": {
        const { payload, detail, ageMs, ...rest } = about;
        return plain([rest, this.#gist(payload), this.#gist(detail), secondsFrom(0, Number(ageMs ?? 0))]);
      }
    }
  }

  readonly #gist = (text: unknown): unknown =>
    this.#reduces && typeof text === "string" && text.startsWith("{") ? gistOfPayload(text) : text;

  readonly #plainTold = ({ operation, items, fault }: Told): string =>
    `${operation} ${digest(items.map((item) => (item ? textOf(item, this.#reduces) : "")).join())} ${fault}`;
}

/** How often in vain, up to twice. */
const few = (times: unknown): number => Math.min(2, Number(times));

function inOutline(about: About): About {
  if (about.what === "execution") return { ...about, retries: about.retries.map(few) };
  if (about.what !== "other") return about;
  const { ageMs: _age, throttleDelayMs, attempts, ...rest } = about;
  return { ...rest, throttled: few(throttleDelayMs ?? 0), attempts: few(attempts ?? 0) };
}

const sameInput = (one: AwsCall["input"], other: AwsCall["input"]): boolean =>
  one === other || JSON.stringify(one) === JSON.stringify(other);

const closed = /^Execution(Succeeded|Failed|TimedOut|Aborted)$/;

/** Nobody changes an item that was written: it is made text once. */
const texts = new WeakMap<object, string>();

function textOf(item: object, reduces: boolean): string {
  if (!reduces) return plain(item);
  const known = texts.get(item);
  if (known !== undefined) return known;
  const text = plain(gistOfItem(item));
  texts.set(item, text);
  return text;
}

/** A call of an invocation, the items it found, and what struck it. */
interface Told {
  readonly operation: string;
  readonly input: AwsCall["input"];
  readonly items: readonly (object | undefined)[];
  readonly fault: string;
}

/** An execution's own timeout comes first only where it is near: an Express workflow's always is. */
const nearSeconds = 300;

const secondsFrom = (nowMs: number, ms: number): number => Math.round((ms - nowMs) / 1000);
