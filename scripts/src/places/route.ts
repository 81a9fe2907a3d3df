import type { RunLine } from "../runs/log/run-line.ts";
import { stepOf } from "../story/lanes.ts";

/** Something that happened to an order, and the step in which it did. Times and ids are left out. */
export interface Waypoint {
  readonly step: string | undefined;
  readonly text: string;
}

/** The way of each order: which functions ran for it, what they wrote, what was said. */
export type Routes = ReadonlyMap<string, readonly Waypoint[]>;

/** @param lines of a log of one variant, in the order in which they were written */
export function routesIn(lines: readonly RunLine[]): Routes {
  const routes = new Map<string, Waypoint[]>();
  /** By request: the step whose function it is an invocation of. */
  const steps = new Map<string, string | undefined>();
  for (const line of lines) {
    if (line.type === "InvocationStarted") steps.set(line.requestId, stepOf(line.functionName));
    const text = textOf(line);
    if (text === undefined || line.orderId === undefined) continue;
    const step = line.type === "InvocationStarted" ? stepOf(line.functionName) : steps.get(line.causationId ?? "");
    const route = routes.get(line.orderId) ?? [];
    routes.set(line.orderId, route);
    route.push({ step, text });
  }
  return routes;
}

function textOf(line: RunLine): string | undefined {
  if (line.type === "InvocationStarted") return `try ${line.attempt}`;
  if (line.type === "StatusChanged") return line.status;
  if (line.type === "LedgerChanged") return `${line.ledger} ${line.state}`;
  return line.type === "EventPublished" ? line.detailType : undefined;
}

/** The step at which a route leaves another; nothing where both are the same. */
export function departure(usual: readonly Waypoint[], route: readonly Waypoint[]): Waypoint | undefined {
  const at = usual.findIndex(({ step, text }, index) => route[index]?.step !== step || route[index]?.text !== text);
  return at >= 0 ? usual[at] : route[usual.length];
}
