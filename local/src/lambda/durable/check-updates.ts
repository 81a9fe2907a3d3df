import { AwsError } from "../../errors.ts";
import type { Operation, OperationAction, OperationStatus, OperationType, OperationUpdate } from "./operation.ts";

const maximumErrorBytes = 32_768;

/** What each action needs of the operation it is for: the statuses it may be in, and whether it may be absent. */
interface Allowed {
  readonly absent: boolean;
  readonly in: readonly OperationStatus[];
  readonly otherwise: string;
}

const start = (type: OperationType): Allowed => ({
  absent: true,
  in: [],
  otherwise: `Cannot start a ${type} that already exists.`,
});
const cancel = (type: OperationType): Allowed => ({
  absent: false,
  in: ["STARTED"],
  otherwise: `Cannot cancel a ${type} that does not exist or has already completed.`,
});
const closeContext: Allowed = {
  absent: true,
  in: ["STARTED"],
  otherwise: "Invalid current CONTEXT state to close.",
};
const closeStep: Allowed = {
  absent: true,
  in: ["STARTED", "READY"],
  otherwise: "Invalid current STEP state to close.",
};
const retryStep: Allowed = {
  absent: true,
  in: ["STARTED", "READY"],
  otherwise: "Invalid current STEP state to re-attempt.",
};
const startStep: Allowed = { absent: true, in: ["READY"], otherwise: "Invalid current STEP state to start." };
const endExecution: Allowed = { absent: true, in: ["STARTED"], otherwise: "Invalid checkpoint token" };

const actions: Readonly<Record<OperationType, Partial<Record<OperationAction, Allowed>>>> = {
  EXECUTION: { SUCCEED: endExecution, FAIL: endExecution },
  CONTEXT: { START: start("CONTEXT"), SUCCEED: closeContext, FAIL: closeContext },
  STEP: { START: startStep, SUCCEED: closeStep, FAIL: closeStep, RETRY: retryStep },
  WAIT: { START: start("WAIT"), CANCEL: cancel("WAIT") },
  CALLBACK: { START: start("CALLBACK"), CANCEL: cancel("CALLBACK") },
  CHAINED_INVOKE: { START: start("CHAINED_INVOKE"), CANCEL: cancel("CHAINED_INVOKE") },
};

const invalid = (message: string): AwsError =>
  new AwsError("InvalidParameterValueException", message, 400, { Type: "User" });

/**
 * Whether a running function may change its execution so. The rules and their wording are those of the checkpoint
 * server of `@aws/durable-execution-sdk-js-testing` 1.1.4, which AWS publishes to test durable functions with.
 * @throws AwsError InvalidParameterValueException
 */
export function checkUpdates(updates: readonly OperationUpdate[], operations: ReadonlyMap<string, Operation>): void {
  const ends = updates.filter(({ Type }) => Type === "EXECUTION");
  if (ends.length > 1) throw invalid("Cannot checkpoint multiple EXECUTION updates.");
  if (ends.length === 1 && updates.at(-1) !== ends[0]) throw invalid("EXECUTION checkpoint must be the last update.");
  const before = new Map<string, OperationUpdate>();
  for (const update of updates) {
    if (!mayFollow(before.get(update.Id), update)) {
      throw invalid("Cannot update the same operation twice in a single request.");
    }
    if (update.ParentId !== undefined && !isContext(update.ParentId, before, operations)) {
      throw invalid("Invalid parent operation id.");
    }
    checkUpdate(update, before.has(update.Id) ? undefined : operations.get(update.Id));
    before.set(update.Id, update);
  }
}

/** A step or a context may begin and end in one request. */
const mayFollow = (first: OperationUpdate | undefined, second: OperationUpdate): boolean =>
  first === undefined ||
  ((first.Type === "STEP" || first.Type === "CONTEXT") && first.Action === "START" && second.Action !== "START");

const isContext = (
  id: string,
  before: ReadonlyMap<string, OperationUpdate>,
  operations: ReadonlyMap<string, Operation>,
): boolean => (before.get(id) ?? operations.get(id))?.Type === "CONTEXT";

function checkUpdate(update: OperationUpdate, operation: Operation | undefined): void {
  const { Type, Action, Payload, Error: error, StepOptions } = update;
  if (error && Buffer.byteLength(JSON.stringify(update)) > maximumErrorBytes) {
    throw invalid(`Error object size must be less than ${maximumErrorBytes} bytes.`);
  }
  const allowed = actions[Type][Action];
  if (!allowed) throw invalid("Invalid action for the given operation type.");
  if (operation ? !allowed.in.includes(operation.Status) : !allowed.absent) throw invalid(allowed.otherwise);
  if (Action === "FAIL" && Payload !== undefined) throw invalid("Cannot provide a Payload for FAIL action.");
  if (Action === "SUCCEED" && error) throw invalid("Cannot provide an Error for SUCCEED action.");
  if (Action !== "RETRY") return;
  if (!StepOptions) throw invalid("Invalid StepOptions for the given action.");
  if (error && Payload !== undefined) throw invalid("Cannot provide both error and payload to RETRY a STEP.");
}
