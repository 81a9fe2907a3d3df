import type { ListeningFaults } from "./injection.ts";

/** The faults of a cloud that is opened once and provoked by another plan in each run. */
export const delegated = (stage: { readonly faults: ListeningFaults }): ListeningFaults => ({
  onAwsCall: (call) => stage.faults.onAwsCall?.(call),
  onTaskCall: (call) => stage.faults.onTaskCall?.(call),
  onInvocation: (invocation) => stage.faults.onInvocation?.(invocation),
  onQueuedEvent: (event) => stage.faults.onQueuedEvent?.(event),
  onDelivery: (delivery) => stage.faults.onDelivery?.(delivery),
  hear: (happening) => stage.faults.hear?.(happening),
  onDestination: (record) => stage.faults.onDestination?.(record),
});
