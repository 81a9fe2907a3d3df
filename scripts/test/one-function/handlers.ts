// The entry of the bundle. `Forward` runs the whole saga in one process; what it cannot finish, `Undo` does, then
// `Park`.
import { log, type Order, OrderOvertaken, type StepName, steps } from "@ovsc/shared";
import { portsIn } from "@ovsc/shared/aws";

const ports = portsIn(process.env["TABLE_NAME"]!);

/** What Lambda hands to a failure destination. */
interface FailureRecord {
  readonly requestPayload: Order & FailureRecord;
}

export async function Forward(order: Order): Promise<void> {
  for (const step of ["CreateOrder", "ReserveInventory", "ChargePayment", "ShipOrder"] as const) {
    if (await refused(step, order)) break;
  }
  const { status } = (await ports.orders.get(order.orderId))!;
  if (status === "PAYMENT_DECLINED") await refused("ReleaseInventory", order);
  else if (status !== "SHIPPED" && status !== "INVENTORY_FAILED") await undo(order);
}

export const Undo = ({ requestPayload }: FailureRecord): Promise<void> => undo(requestPayload);

export async function Park({ requestPayload }: FailureRecord): Promise<void> {
  await refused("ParkOrder", requestPayload.requestPayload);
}

async function undo(order: Order): Promise<void> {
  await refused("RefundPayment", order);
  await refused("ReleaseInventory", order);
}

/** Runs a step on the order as the row has it; one that the order has moved past is done. */
async function refused(step: StepName, { orderId, ...order }: Order): Promise<boolean> {
  const about = { step, correlationId: orderId, causationId: orderId };
  log("info", "step started", about);
  try {
    const row = await ports.orders.get(orderId);
    const outcome = await steps[step].run(step === "CreateOrder" ? { orderId, ...order } : row?.order, ports);
    log("info", outcome.event, { ...about, refusal: outcome.refusal?.message });
    return outcome.refusal !== undefined;
  } catch (error) {
    if (error instanceof OrderOvertaken) return false;
    log("error", "step failed", { ...about, error: (error as Error).name });
    throw error;
  }
}
