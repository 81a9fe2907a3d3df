// The entry of the sweeper's bundle.
import { log, reachedIn, sweep, type Waking } from "@ovsc/shared";
import { sweepPortsIn } from "@ovsc/shared/aws";
import { publishTo, say } from "@ovsc/shared/publish";
import type { EventBridgeEvent } from "aws-lambda";

const { TABLE_NAME, BUS_NAME, REST_SECONDS } = process.env;
const ports = sweepPortsIn(TABLE_NAME!, { saysFacts: true, restSeconds: Number(REST_SECONDS) });
const publish = publishTo(BUS_NAME!);

/** Whoever goes on hears of it by an event: the last that the order came to. */
const waking: Waking = {
  // Nobody is in charge, so nobody knows.
  isAttended: async () => false,
  async wake({ orderId, placementId }, record, causationId) {
    const reached = record && reachedIn(record);
    if (reached) await say(reached, causationId, { ports, publish });
    else await publish("OrderPlaced", { orderId, placementId, causationId });
    const event = reached?.event ?? "OrderPlaced";
    log("info", event, { step: "Sweeper", correlationId: orderId, placementId, causationId });
  },
};

export const handler = ({ id }: EventBridgeEvent<"Scheduled Event", unknown>): Promise<void> =>
  sweep(ports, waking, id);
