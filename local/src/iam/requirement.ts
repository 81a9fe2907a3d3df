import { UnknownFeature } from "../errors.ts";
import type { Place } from "../identity.ts";
import type { ServiceName } from "../service.ts";
import type { ActionTable, Requirement } from "./action-table.ts";
import { dynamodbActions } from "./dynamodb-actions.ts";
import { eventsActions } from "./events-actions.ts";
import { lambdaActions } from "./lambda-actions.ts";
import { sqsActions } from "./sqs-actions.ts";
import { statesActions } from "./states-actions.ts";

/** https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html */
const actions: Readonly<Record<ServiceName, ActionTable>> = {
  dynamodb: dynamodbActions,
  events: eventsActions,
  lambda: lambdaActions,
  sqs: sqsActions,
  states: statesActions,
  // No permissions are required to perform this operation.
  sts: { GetCallerIdentity: () => [] },
};

/** @throws UnknownFeature for an operation whose actions are not known */
export function requirements(
  service: ServiceName,
  operation: string,
  input: Readonly<Record<string, unknown>>,
  place: Place,
): readonly Requirement[] {
  const table = actions[service];
  const requires = Object.hasOwn(table, operation) ? table[operation] : undefined;
  if (!requires) throw new UnknownFeature(`the operation ${operation}`, service);
  return requires(input, place);
}
