import type { ServiceDescriptor } from "../descriptor.ts";
import { logResources } from "./log-group.ts";
import { metricFilter } from "./metric-filter.ts";

/** CloudWatch Logs, of which there are the names of log groups and metric filters. */
export const logsService: ServiceDescriptor = {
  name: "logs",
  actions: {},
  open: ({ region }) => ({ resources: [...logResources(region), metricFilter] }),
};
