import { AwsError } from "./errors.ts";
import type { History } from "./history.ts";
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
  iam,
  history,
}: {
  services: ReadonlyMap<string, Service>;
  requirements: Requirements;
  iam: Iam;
  history: History;
}): Api {
  return async (caller, service, operation, input) => {
    const required = requirements(service, operation, input);
    const call = { caller, service, operation, resource: required[0]?.resource ?? "*" };
    try {
      for (const { action, resource } of required) iam.authorize(caller.principal, action, resource);
      const output = await services.get(service)!.call(operation, input, caller);
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
  readonly resource: string;
}

function record(history: History, { caller, ...called }: Called, error: string | undefined): void {
  const call = { type: "AwsCall" as const, ...called, caller: userArn(caller.principal) };
  history.record(caller.trace, error === undefined ? call : { ...call, error });
}
