import { readEvidence } from "../aws/read-evidence.ts";
import { endings } from "../endings.ts";
import { endOf } from "../evidence.ts";
import { lifecycle, type SagaEvent } from "../lifecycle.ts";
import type { PlacementRef } from "../placement.ts";
import type { DeployedStack } from "./variant.ts";

/**
 * Whether an order has come to an end, and whoever brought it there has said so in the log. In which order lines were
 * written is not asked: LocalStack 4.14 keeps those of a function when it ends, so of a caller after its callee's.
 */
export async function isOver({ table, logs }: Pick<DeployedStack, "table" | "logs">, placed: PlacementRef) {
  const end = endOf(await readEvidence(table, placed));
  const said = (await logs(placed)).map(({ message }) => message);
  if (end === "REJECTED") return said.includes("step failed");
  return end in endings && said.some((message) => lifecycle[message as SagaEvent]?.to === end);
}
