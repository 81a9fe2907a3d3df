import { EventBridgeServiceException, InternalException } from "@aws-sdk/client-eventbridge";
import type { ThinService } from "./thin-client.ts";

/** EventBridge, as far as events are put on a bus, and rules turned off. */
export const events: ThinService = {
  name: "events",
  operations: { PutEvents: {}, DisableRule: {} },
  exceptions: [InternalException],
  exception: EventBridgeServiceException,
};
