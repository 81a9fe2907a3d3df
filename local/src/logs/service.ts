import type { ServiceDescriptor } from "../descriptor.ts";
import { logResources } from "./log-group.ts";

/** CloudWatch Logs, of which there are the names of log groups. */
export const logsService: ServiceDescriptor = {
  name: "logs",
  actions: {},
  open: ({ place }) => ({ resources: logResources(place) }),
};
