// The entry of the bundle. `Forward` runs the whole saga in one process; what it cannot finish, `Undo` does, then
// `Park`.
import {
  log,
  OrderConflict,
  OrderOvertaken,
  type OrderStatus,
  type PlacementRef,
  type Reason,
  type StepName,
  steps,
} from "@ovsc/shared";
import { portsIn } from "@ovsc/shared/aws";

const ports = portsIn(process.env["TABLE_NAME"]!, { saysFacts: false });

/** What Lambda hands to a failure destination. */
interface FailureRecord {
  readonly requestPayload: PlacementRef & FailureRecord;
  readonly responsePayload?: { readonly errorType: string; readonly errorMessage: string };
}

export async function Forward(placed: PlacementRef): Promise<void> {
  for (const step of ["CreateOrder", "ReserveInventory", "ChargePayment", "ShipOrder"] as const) {
    if (await refused(step, placed)) break;
  }
  const row = await ports.orders.get(placed.orderId);
  // Where the row is another's, nothing was placed; where no step refused, whoever moves the order goes on with it.
  if (row?.placementId !== placed.placementId) return;
  if (row.status === "PAYMENT_DECLINED") await refused("ReleaseInventory", placed);
  else if (begunUndo.includes(row.status)) await undo(placed);
}

const begunUndo: readonly OrderStatus[] = ["SHIPPING_FAILED", "REFUNDING", "PAYMENT_REFUNDED", "RELEASING"];

export const Undo = ({ requestPayload }: FailureRecord): Promise<void> => undo(requestPayload);

export async function Park({ requestPayload, responsePayload }: FailureRecord): Promise<void> {
  const failure = responsePayload && { error: responsePayload.errorType, message: responsePayload.errorMessage };
  await refused("ParkOrder", requestPayload.requestPayload, failure);
}

async function undo(placed: PlacementRef): Promise<void> {
  await refused("RefundPayment", placed);
  await refused("ReleaseInventory", placed);
}

/** Runs a step; one that the order has moved past is done, and a placement that was rejected is over. */
async function refused(step: StepName, { orderId, placementId }: PlacementRef, failure?: Reason): Promise<boolean> {
  const about = { step, correlationId: orderId, placementId, causationId: placementId };
  log("info", "step started", about);
  try {
    const outcome = await steps[step].run({ orderId, placementId, ...(failure && { failure }) }, ports);
    log("info", outcome.event, { ...about, refusal: outcome.refusal?.message });
    return outcome.refusal !== undefined;
  } catch (error) {
    if (error instanceof OrderOvertaken) return false;
    const { name } = error as Error;
    log("error", "step failed", { ...about, error: name });
    if (error instanceof OrderConflict || steps[step].rejects.some((each) => each.name === name)) return true;
    throw error;
  }
}
