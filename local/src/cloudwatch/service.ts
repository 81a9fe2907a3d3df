import type { ServiceDescriptor } from "../descriptor.ts";
import { alarmResources } from "./alarm.ts";

/** CloudWatch, of which there are the alarms that templates bring, never evaluated. */
export const cloudwatchService: ServiceDescriptor = {
  name: "cloudwatch",
  actions: {},
  open: ({ region }) => ({ resources: alarmResources(region) }),
};
