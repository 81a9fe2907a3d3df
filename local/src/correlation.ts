import { noTrace } from "./history.ts";
import type { Caller, Service, ServiceName } from "./service.ts";

/**
 * The saga a payload belongs to.
 * @param payload the parsed detail of an event, input of an execution, payload of an invocation or body of a message
 */
export type Correlate = (payload: unknown) => string | undefined;

/**
 * The member of an operation's input by which something enters the cloud, as JSON text. PutEvents is not among them:
 * its events may belong to different sagas, so EventBridge asks for each.
 */
const payloadMembers: Readonly<Record<string, string>> = {
  Invoke: "Payload",
  SendMessage: "MessageBody",
  StartExecution: "input",
  StartSyncExecution: "input",
};

/** Gives the operator's calls their correlation id. From there on traces carry it, so whoever else calls has one. */
export function correlated(
  services: Readonly<Record<ServiceName, Service>>,
  correlate: Correlate,
): Readonly<Record<ServiceName, Service>> {
  const entering = (service: Service): Service => ({
    call(operation, input, caller) {
      const member = payloadMembers[operation];
      const isNew =
        caller.principal.kind === "operator" && caller.trace.correlationId === undefined && member !== undefined;
      return service.call(operation, input, isNew ? withId(caller, sagaOf(input[member], correlate)) : caller);
    },
  });
  const { lambda, sqs, states } = services;
  return { ...services, lambda: entering(lambda), sqs: entering(sqs), states: entering(states) };
}

/** What is not JSON belongs to no saga; the service says what is wrong with it. */
function sagaOf(text: unknown, correlate: Correlate): string | undefined {
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
  correlationId === undefined ? caller : { principal: caller.principal, trace: { ...noTrace, correlationId } };
