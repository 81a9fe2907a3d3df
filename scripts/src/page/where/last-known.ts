import { isSettled, type OrderStatus } from "@ovsc/shared";
import type { RunLine } from "../../runs/log/run-line.ts";
import { stepOf } from "../../story/lanes.ts";

/** Where an order stood when the run was over, in each variant. */
export interface LastKnown {
  readonly orderId: string;
  readonly batch: string;
  /** By the name of the variant: the row's status; before there is a row, the state of the placing. */
  readonly status: Readonly<Record<string, string>>;
  /** By the name of the variant: what went wrong first, then last; nothing where nothing did. */
  readonly why: Readonly<Record<string, string>>;
}

interface Known extends LastKnown {
  readonly status: Record<string, string>;
  readonly why: Record<string, string>;
  /** By the name of the variant. */
  readonly first: Record<string, string>;
}

/** Follows, line by line, where each order is, and what turned it aside. */
export class Whereabouts {
  readonly #orders = new Map<string, Known>();
  readonly #standing = new Set<string>();

  add(line: RunLine): void {
    const { orderId, batch, variant } = line;
    if (orderId === undefined) return;
    const order = this.#orders.get(orderId) ?? { orderId, batch, status: {}, why: {}, first: {} };
    this.#orders.set(orderId, order);
    const wrong = whatWentWrong(line);
    // Who finds an order settled, and fails for it, did not turn it aside.
    if (wrong !== undefined && !isSettled(order.status[variant] as OrderStatus)) {
      const first = (order.first[variant] ??= wrong);
      order.why[variant] = first === wrong ? first : `${first}, then ${wrong}`;
    }
    const status = statusIn(line);
    if (status === undefined) return;
    this.#standing.add(orderId);
    // A placing that is rejected says nothing of the order that has its id.
    if (line.type === "StatusChanged" || order.status[variant] === undefined) order.status[variant] = status;
  }

  get all(): readonly LastKnown[] {
    return [...this.#orders.values()].filter(({ orderId }) => this.#standing.has(orderId));
  }
}

function statusIn(line: RunLine): string | undefined {
  if (line.type === "StatusChanged") return line.status;
  return line.type === "PlacementChanged" && line.state !== "TAKEN" ? line.state : undefined;
}

/** A refusal stands in the ledger of whoever refused; else it is the first try that failed, or the first fault. */
function whatWentWrong(line: RunLine): string | undefined {
  if (line.type === "LedgerChanged" && /^(REFUSED|DECLINED)$/.test(line.state))
    return `${line.ledger.toLowerCase()} ${line.state}`;
  if (line.type === "InvocationEnded" && line.error !== undefined)
    return `${stepOf(line.functionName) ?? "a function"}: ${line.error}`;
  if (line.type === "PlacementChanged" && line.state === "REJECTED") return "placing REJECTED";
  return line.type === "Fault" ? `fault ${line.fault}, ${line.where}` : undefined;
}
