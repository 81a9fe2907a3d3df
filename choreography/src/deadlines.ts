// The entry of the bundle of the deadlines' tick.
import { log, passDeadlines } from "@ovsc/shared";
import { sweepPortsIn } from "@ovsc/shared/aws";
import { publishTo, say } from "@ovsc/shared/publish";

const { TABLE_NAME, BUS_NAME } = process.env;
const ports = sweepPortsIn(TABLE_NAME!, { saysFacts: true, restSeconds: 0 });
const publish = publishTo(BUS_NAME!);

export const handler = ({ id }: { readonly id: string }): Promise<void> =>
  passDeadlines(ports, async (reached) => {
    await say(reached, id, { ports, publish });
    const { order, placementId } = reached.record;
    log("info", reached.event, { step: "Deadlines", correlationId: order.orderId, placementId, causationId: id });
  });
