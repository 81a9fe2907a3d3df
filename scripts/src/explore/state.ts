import { hash } from "node:crypto";
import type { About, Agenda, AwsCall, Happening } from "@ovsc/local";
import { isSettled, NeedsAttention, type OrderStatus } from "@ovsc/shared";
import { everything, keyOf, type Row, touchedBy } from "./items.ts";

/**
 * What a run has come to, as far as it decides what can still happen and how that is judged: items, queues, executions,
 * invocations under way, what is due and when from now. Ids and times of day are left out of it.
 */
export class State {
  /** As AWS writes them, by their keys. */
  readonly #items = new Map<string, object>();
  /** Names of events by order, each when it was said first: the judgement asks for no more. */
  readonly #said = new Map<string | undefined, Set<string>>();
  readonly #messages: string[] = [];
  readonly #executions = new Map<string, string>();
  /** What an invocation was told so far, which with its payload decides what it does next. */
  readonly #told = new Map<string, Told[]>();

  /** Invocations that have ended: what takes effect of one later came late. */
  readonly #ended = new Set<string>();
  /** Orders of which a step used up its tries. */
  readonly #exhausted = new Set<string | undefined>();

  /** Whether only the sweeper can bring an order of this run on: something was given up that nobody hears of. */
  isBeyondBudget = false;

  add(happening: Happening): void {
    this.#keep(happening);
    if (this.#isGivenUp(happening)) this.isBeyondBudget = true;
  }

  #keep(happening: Happening): void {
    switch (happening.type) {
      case "ItemChanged":
        if (happening.newImage === undefined) this.#items.delete(keyOf(happening.keys as Row));
        else this.#items.set(keyOf(happening.keys as Row), happening.newImage as object);
        return;
      case "EventPublished":
        this.#saidOf(happening.correlationId).add(happening.detailType);
        if (happening.source === "lambda") this.#exhausted.add(happening.correlationId);
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
        this.#executions.set(execution, `${this.#executions.get(execution) ?? ""} ${name ?? ""} ${event}`);
        return;
      }
      case "InvocationEnded":
        this.#told.delete(happening.requestId);
        this.#ended.add(happening.requestId);
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
    const touched = touchedBy(call);
    const items = touched.includes(everything) ? [...this.#items.values()] : touched.map((key) => this.#items.get(key));
    const told = this.#told.get(call.requestId);
    if (told) told.push({ operation: call.operation, items, fault });
    else this.#told.set(call.requestId, [{ operation: call.operation, items, fault }]);
  }

  /** @param more what else decides how it goes on @returns the same for states that go on alike */
  fingerprint(agenda: Agenda, more: readonly unknown[]): string {
    const { now, nowMs } = agenda;
    const due = agenda.later().map(({ dueMs, about }) => {
      const is = about?.();
      // An execution's own timeout never comes first.
      const after = is?.what === "execution" ? "" : Math.round((dueMs - nowMs) / 1000);
      return `${after} ${is ? this.#described(is) : ""}`;
    });
    const parts = [
      ...[...this.#items].map(([key, item]) => `${key} ${plainItem(item)}`).toSorted(),
      ...[...this.#said].map(([orderId, said]) => `${orderId} ${[...said].join(" ")}`).toSorted(),
      ...this.#messages.toSorted(),
      ...[...this.#executions].map(String).toSorted(),
      ...due.toSorted(),
      ...now.map(({ about }) => (about ? this.#described(about()) : "")).toSorted(),
      `${this.isBeyondBudget} ${plain(more)}`,
    ];
    return digest(parts.join("\n"));
  }

  /**
   * A lost record, a dead letter, a step that could not say the end of an order on any try, an end that came after its
   * step's last try, an execution that could neither park its order nor see where it is.
   */
  #isGivenUp(happening: Happening): boolean {
    const { type, correlationId } = happening;
    if (type === "Fault") return happening.fault === "lose record";
    if (type === "EventPublished") return happening.source === "lambda" && this.#isSettled(correlationId);
    if (type === "ItemChanged") {
      const isLate = this.#ended.has(happening.causationId ?? "") && this.#exhausted.has(correlationId);
      return isLate && this.#isSettled(correlationId);
    }
    if (type !== "ExecutionEvent") return type === "MessageSent";
    const { execution, event, error } = happening;
    const wasLast = /^(ParkOrder|WhereIsIt) /.test(this.#executions.get(execution) ?? "");
    return event === "ExecutionFailed" && wasLast && error !== NeedsAttention.name;
  }

  #saidOf(orderId: string | undefined): Set<string> {
    const said = this.#said.get(orderId) ?? new Set();
    this.#said.set(orderId, said);
    return said;
  }

  #isSettled(orderId: string | undefined): boolean {
    const row = this.#items.get(keyOf({ pk: { S: `ORDER#${orderId}` }, sk: { S: "ORDER" } }));
    const { status } = (row ?? {}) as { readonly status?: { readonly S: OrderStatus } };
    return status !== undefined && isSettled(status.S);
  }

  #described(about: About): string {
    switch (about.what) {
      case "invocation": {
        const { functionName, payload, attempt, requestId } = about;
        const told = this.#told.get(requestId) ?? [];
        return `${functionName} ${attempt} ${plain(payload)} ${told.map(plainTold).join(" ")}`;
      }
      case "call":
        // One of an invocation follows from what that was told.
        return about.late ? plain([about.operation, about.input]) : `${about.functionName} ${about.operation}`;
      case "execution":
      case "other":
        return plain(about);
    }
  }
}

const closed = /^Execution(Succeeded|Failed|TimedOut|Aborted)$/;

/** Ids that the cloud counts, and times of day: they tell states apart that go on alike. */
const incidental = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[\d:.]+Z/g;

const plain = (value: unknown): string => JSON.stringify(value).replace(incidental, "");

/** Nobody changes an item that was written: it is made text once. */
const texts = new WeakMap<object, string>();

function plainItem(item: object): string {
  const known = texts.get(item);
  if (known !== undefined) return known;
  const text = plain(item);
  texts.set(item, text);
  return text;
}

/** A call of an invocation, the items it found, and what struck it. */
interface Told {
  readonly operation: string;
  readonly items: readonly (object | undefined)[];
  readonly fault: string;
}

const plainTold = ({ operation, items, fault }: Told): string =>
  `${operation} ${digest(items.map((item) => (item ? plainItem(item) : "")).join())} ${fault}`;

const digest = (text: string): string => hash("sha1", text, "base64");
