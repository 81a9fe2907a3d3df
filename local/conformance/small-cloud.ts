import type { Clock } from "../src/clock.ts";
import { noTrace } from "../src/history.ts";
import { openServices, type ServiceOptions } from "../src/open-services.ts";
import type { Caller, Service } from "../src/service.ts";
import { services } from "../src/services.ts";

const operator: Caller = { principal: { kind: "operator" }, trace: noTrace };

/**
 * The services of the cloud without templates and permissions, and with a Lambda that is given as data, since neither
 * recordings nor tests of other services bring code.
 */
export function smallCloud(lambda: (clock: Clock) => Service, options: Omit<ServiceOptions, "guarded"> = {}) {
  const descriptors = services.map((descriptor) =>
    descriptor.name === "lambda"
      ? { ...descriptor, open: ({ clock }: { clock: Clock }) => ({ service: lambda(clock), resources: [] }) }
      : descriptor,
  );
  const cloud = openServices(descriptors, { ...options, guarded: false });
  return {
    ...cloud,
    /** Creates a resource as a template would. @returns what `Ref` gives */
    create(type: string, properties: object): string {
      const found = cloud.resourceTypes.get(type)!;
      const logical = { stackName: "small", logicalId: "resource", asset: (key: string) => key };
      return found.create(found.properties.parse(properties), logical).ref;
    },
    call: (service: string, operation: string, input: Readonly<Record<string, unknown>>): unknown =>
      cloud.services.get(service)!.call(operation, input, operator),
  };
}

export type SmallCloud = ReturnType<typeof smallCloud>;
