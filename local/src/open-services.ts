import { api as createApi } from "./api.ts";
import type { ResourceType } from "./assembly/resource-type.ts";
import { inOrder } from "./choices.ts";
import { VirtualClock } from "./clock.ts";
import { correlated } from "./correlation.ts";
import type { Kernel, OpenService, ServiceDescriptor } from "./descriptor.ts";
import type { ConditionValues } from "./iam/action-table.ts";
import { Iam } from "./iam/iam.ts";
import { requirements } from "./iam/requirement.ts";
import { withTrustedRoles } from "./iam/trust.ts";
import { Ids } from "./identity.ts";
import type { Api, Service } from "./service.ts";
import { Watch } from "./watch.ts";

/** How the services of a cloud are to behave; everything in order and by default if not given. */
export type ServiceOptions = Partial<Omit<Kernel, "clock" | "api" | "services" | "ids" | "iam" | "history">> & {
  /**
   * Virtual milliseconds since 1970 at which the cloud opens; 2026-01-01T00:00:00Z if not given, so that runs are
   * alike.
   */
  readonly startMs?: number | undefined;
  /** Whether policies decide who may call what; they do if not given. */
  readonly guarded?: boolean;
  /** @returns who hears of what happens at the times of this clock */
  readonly history?: (clock: VirtualClock) => Kernel["history"];
};

/** Services that can call each other, with nothing in them yet. */
export interface OpenServices {
  readonly clock: VirtualClock;
  readonly api: Api;
  readonly iam: Iam;
  readonly ids: Ids;
  readonly region: Kernel["region"];
  /** By name. */
  readonly services: ReadonlyMap<string, Service>;
  /** Everything a template may bring, by CloudFormation's name. */
  readonly resourceTypes: ReadonlyMap<string, ResourceType<unknown>>;
  /** As after the templates were loaded: no items, messages, executions or archived events, and nothing under way. */
  reset(): void;
  /** As before any template was loaded, in time and ids too. */
  clear(): void;
}

const defaultRegion = "eu-west-2";
const defaultStartMs = Date.UTC(2026, 0, 1);

/** Opens services on one clock, with one IAM and one history between them. */
export function openServices(descriptors: readonly ServiceDescriptor[], options: ServiceOptions = {}): OpenServices {
  const { choices = inOrder, region = defaultRegion, startMs = defaultStartMs, correlate, guarded = true } = options;
  const clock = new VirtualClock(choices, startMs);
  const history = options.history?.(clock) ?? { record: () => {} };
  const iam = new Iam();
  const ids = new Ids();
  const services = new Map<string, Service>();
  const conditionValues = new Map<string, ConditionValues>();
  const api = createApi({
    services,
    requirements: guarded ? requirements(descriptors, region) : () => [],
    conditionValues,
    iam,
    history,
  });
  const kernel: Kernel = {
    clock,
    choices,
    history,
    ids,
    region,
    iam,
    api,
    services: descriptors,
    correlate,
    faults: options.faults ?? {},
    watch: options.watch ?? new Watch(),
    seed: options.seed ?? 0,
    duplicates: options.duplicates ?? false,
    repeatable: options.repeatable ?? false,
    keepExecutions: options.keepExecutions ?? Infinity,
  };
  const resourceTypes = new Map<string, ResourceType<unknown>>();
  const opened = new Map<string, OpenService>();
  const open = (descriptor: ServiceDescriptor) => {
    const { name, entries } = descriptor;
    const one = descriptor.open(kernel);
    const { service, resources, activity, conditionValues: values } = one;
    opened.set(name, one);
    if (values) conditionValues.set(name, values);
    if (service) services.set(name, correlate && entries ? correlated(service, entries, correlate) : service);
    for (const type of resources) resourceTypes.set(type.type, guarded ? withTrustedRoles(type, iam) : type);
    if (activity) clock.watch(activity);
  };
  descriptors.forEach(open);
  const openedAt = ids.position;
  return {
    clock,
    api,
    iam,
    ids,
    region,
    services,
    resourceTypes,
    reset() {
      clock.reset();
      for (const { reset } of opened.values()) reset?.();
    },
    clear() {
      clock.reset();
      iam.clear();
      ids.goBackTo(openedAt);
      for (const descriptor of descriptors) {
        const { clear } = opened.get(descriptor.name)!;
        if (clear) clear();
        else open(descriptor);
      }
    },
  };
}
