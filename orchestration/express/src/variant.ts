import type { Variant } from "@ovsc/shared/variant";
import { connect } from "./coordination.ts";
import { differences } from "./differences.ts";
import { flow } from "./flow.ts";
import { nameOf, stackNameOf, type Start } from "./start.ts";

/** The orchestration as an Express workflow, by how a client starts it. */
export const express = (start: Start, own: Pick<Variant, "module" | "description">): Variant => ({
  ...own,
  name: nameOf(start),
  folder: new URL("..", import.meta.url).href,
  stackName: stackNameOf(start),
  app: async (props) => (await import("./app.ts")).expressApp([start], props),
  connect: connect(start),
  ...(start === "sync" && { clientWaits: "StartSyncExecution answers when the execution has ended" }),
  dependsOn: ["table", "order-table", "inventory", "payment-gateway", "carrier", "lambda"],
  flow,
  differs: differences,
});
