import type { ServiceDescriptor } from "../descriptor.ts";
import { UnknownFeature } from "../errors.ts";
import type { ActionTable, Requirement } from "./action-table.ts";

/**
 * What a call requires of its caller, by service, operation and input.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export type Requirements = (
  service: string,
  operation: string,
  input: Readonly<Record<string, unknown>>,
) => readonly Requirement[];

/** @throws UnknownFeature (by the returned function) for an operation that the service does not have */
export function requirements(services: readonly ServiceDescriptor[], region: string): Requirements {
  const tables = new Map<string, ActionTable>(services.map(({ name, actions }) => [name, actions]));
  return (service, operation, input) => {
    const table = tables.get(service);
    const requires = table && Object.hasOwn(table, operation) ? table[operation] : undefined;
    if (!requires) throw new UnknownFeature(`the operation ${operation}`, service);
    return requires(input, region);
  };
}
