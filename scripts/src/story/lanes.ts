import { type StepName, stepNames } from "@ovsc/shared";
import type { Dependency } from "@ovsc/shared/variant";
import type { Lane, LaneKind } from "./story.ts";

const kinds: readonly LaneKind[] = [
  "client",
  "schedule",
  "event bus",
  "state machine",
  "function",
  "table",
  "service",
  "queue",
  "unknown",
];

const services: Partial<Record<Dependency, string>> = {
  inventory: "inventory",
  "payment-gateway": "payment gateway",
  carrier: "carrier",
};

/** The lanes of a story, each made when something first happens in it. */
export class Lanes {
  readonly #lanes = new Map<string, Lane>();

  /** From the client on; functions in the order of the steps, others in that of their first moment. */
  get all(): readonly Lane[] {
    return [...this.#lanes.values()].toSorted((a, b) => rank(a) - rank(b));
  }

  client = (): string => this.#lane("client", "client", "client");
  schedule = (): string => this.#lane("schedule", "schedule", "schedule");
  unknown = (): string => this.#lane("unknown", "unknown", "somebody else");

  function(functionName: string): string {
    const name = stepOf(functionName) ?? wordOf(functionName);
    return this.#lane(name, "function", name);
  }

  /** @param nameOrArn of a bus */
  bus = (nameOrArn: string): string => this.#lane(lastOf(nameOrArn), "event bus", "event bus");
  stateMachine = (name: string): string => this.#lane(name, "state machine", "state machine");

  /** @param nameUrlOrArn of a queue */
  queue(nameUrlOrArn: string): string {
    const name = wordOf(lastOf(nameUrlOrArn));
    return this.#lane(name, "queue", name);
  }

  /** What a call asked of; anything but the simulated services and a bus is the order table. */
  dependency(dependency: Dependency | undefined): string {
    if (dependency === "event-bus") return this.#theBus();
    const service = dependency && services[dependency];
    return service === undefined
      ? this.#lane("order-table", "table", "order table")
      : this.#lane(dependency!, "service", service);
  }

  /** The target of a rule or of a function's destination, by its ARN. */
  target(arn: string): string {
    const [, , service = ""] = arn.split(":");
    if (service === "sqs") return this.queue(arn);
    if (service === "events") return this.bus(arn);
    return service === "states" ? this.stateMachine(lastOf(arn)) : this.function(lastOf(arn));
  }

  /** A call to a bus that never arrived names none. */
  #theBus(): string {
    const known = [...this.#lanes.values()].find(({ kind }) => kind === "event bus");
    return known?.id ?? this.#lane("event-bus", "event bus", "event bus");
  }

  #lane(id: string, kind: LaneKind, name: string): string {
    if (!this.#lanes.has(id)) this.#lanes.set(id, { id, kind, name });
    return id;
  }
}

/** The step that a function is for, by its name; none for one that runs them all, or none of them. */
export const stepOf = (functionName: string): StepName | undefined =>
  stepNames.find((step) => functionName.includes(step));

const rank = ({ id, kind }: Lane): number => {
  const step = (stepNames as readonly string[]).indexOf(id);
  return 100 * kinds.indexOf(kind) + (kind === "function" && step < 0 ? 99 : Math.max(0, step));
};

const lastOf = (nameOrArn: string): string => nameOrArn.split(/[:/]/).at(-1)!;

/** `DeadLetters` of `ovsc-choreography-DeadLettersBBF8BAAB`: without stack and hash. */
const wordOf = (name: string): string =>
  name
    .split("-")
    .at(-1)!
    .replace(/[0-9A-F]{8}$/, "");
