import type { Caller, Service } from "./service.ts";

/**
 * The correlation id of a payload that enters the cloud.
 * @param payload the parsed detail of an event, input of an execution, payload of an invocation or body of a message
 */
export type Correlate = (payload: unknown) => string | undefined;

/**
 * A service that gives calls from outside the cloud their correlation id. From there on traces carry it, so whoever
 * else calls has one. PutEvents is not among the entries: its events may belong together with different things, so
 * EventBridge asks for each.
 * @param entries the member of an operation's input by which something enters the cloud, as JSON text
 */
export function correlated(service: Service, entries: Readonly<Record<string, string>>, correlate: Correlate): Service {
  return {
    call(operation, input, caller) {
      const member = Object.hasOwn(entries, operation) ? entries[operation] : undefined;
      // What has a cause may still be the first that belongs to something: a schedule's tick belongs to nothing.
      const isNew = caller.trace.correlationId === undefined && member !== undefined;
      return service.call(operation, input, isNew ? withId(caller, idOf(input[member], correlate)) : caller);
    },
  };
}

/** What is not JSON has no correlation id; the service says what is wrong with it. */
function idOf(text: unknown, correlate: Correlate): string | undefined {
  if (typeof text !== "string") return undefined;
  let payload: unknown;
  try {
    payload = JSON.parse(text);
  } catch {
    return undefined;
  }
  return correlate(payload);
}

const withId = (caller: Caller, correlationId: string | undefined): Caller =>
  correlationId === undefined ? caller : { ...caller, trace: { ...caller.trace, correlationId } };
