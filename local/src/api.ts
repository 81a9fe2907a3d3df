import { AwsError } from "./errors.ts";
import type { History } from "./history.ts";
import type { Requirement } from "./iam/action-table.ts";
import { userArn } from "./iam/denied.ts";
import type { Iam } from "./iam/iam.ts";
import { requirements } from "./iam/requirement.ts";
import type { Place } from "./identity.ts";
import type { Api, Caller, Service, ServiceName } from "./service.ts";

/**
 * The way from any caller to any service: IAM decides, the service answers, the history has the call either way.
 * @throws UnknownFeature (by the returned function) for an operation that is not known, whoever calls
 */
export function api({
  services,
  iam,
  history,
  place,
}: {
  services: Readonly<Record<ServiceName, Service>>;
  iam: Iam;
  history: History;
  place: Place;
}): Api {
  return async (caller, service, operation, input) => {
    const required = requirements(service, operation, input, place);
    try {
      for (const { action, resource } of required) iam.authorize(caller.principal, action, resource);
      const output = await services[service].call(operation, input, caller);
      record(history, caller, service, operation, required, undefined);
      return output;
    } catch (error) {
      if (error instanceof AwsError) record(history, caller, service, operation, required, error.code);
      throw error;
    }
  };
}

function record(
  history: History,
  caller: Caller,
  service: ServiceName,
  operation: string,
  required: readonly Requirement[],
  error: string | undefined,
): void {
  const call = {
    type: "AwsCall" as const,
    caller: userArn(caller.principal),
    service,
    operation,
    resource: required[0]?.resource ?? "*",
  };
  history.record(caller.trace, error === undefined ? call : { ...call, error });
}
