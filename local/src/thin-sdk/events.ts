import { EventBridgeServiceException, InternalException } from "@aws-sdk/client-eventbridge";
import type { ThinService } from "./thin-client.ts";

/** EventBridge, as far as events are put on a bus. */
export const events: ThinService = {
  name: "events",
  operations: { PutEvents: {} },
  exceptions: [InternalException],
  exception: EventBridgeServiceException,
};
