import { AwsError } from "./errors.ts";
import type { CapacityUnits, HappeningDetails, History } from "./history.ts";
import type { ConditionValues } from "./iam/action-table.ts";
import { userArn } from "./iam/denied.ts";
import type { Iam } from "./iam/iam.ts";
import type { Requirements } from "./iam/requirement.ts";
import type { Api, Caller, Service } from "./service.ts";

/**
 * The way from any caller to any service: IAM decides, the service answers, the history has the call either way.
 * @throws UnknownFeature (by the returned function) for an operation that is not known, whoever calls
 */
export function api({
  services,
  requirements,
  conditionValues,
  iam,
  history,
}: {
  services: ReadonlyMap<string, Service>;
  requirements: Requirements;
  /** What requests carry under the condition keys of each service. */
  conditionValues: ReadonlyMap<string, ConditionValues>;
  iam: Iam;
  history: History;
}): Api {
  return async (caller, service, operation, input) => {
    const required = requirements(service, operation, input);
    const units: CapacityUnits = { read: 0, write: 0 };
    const call = { caller, service, operation, input, resource: required[0]?.resource ?? "*", units };
    try {
      for (const each of required) {
        iam.authorize(caller.principal, each, (key) => conditionValues.get(service)?.(key, each));
      }
      const output = await services.get(service)!.call(operation, input, { ...caller, units });
      record(history, call, undefined);
      return output;
    } catch (error) {
      if (error instanceof AwsError) record(history, call, error.code);
      throw error;
    }
  };
}

interface Called {
  readonly caller: Caller;
  readonly service: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly resource: string;
  readonly units: CapacityUnits;
}

function record(history: History, called: Called, error: string | undefined): void {
  const { caller, service, operation, input, resource, units } = called;
  const happening: HappeningDetails & { type: "AwsCall" } = {
    type: "AwsCall",
    service,
    operation,
    input,
    resource,
    caller: userArn(caller.principal),
  };
  if (error !== undefined) happening.error = error;
  if (units.read > 0 || units.write > 0) happening.units = units;
  history.record(caller.trace, happening);
}
