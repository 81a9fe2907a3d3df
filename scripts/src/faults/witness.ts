import type { AwsCall, DeliveryAttempt, Faults, InvocationTry, QueuedInvocation } from "@ovsc/local";
import { type StepName, stepNames } from "@ovsc/shared";
import type { Dependency } from "@ovsc/shared/variant";
import { dependencyOf } from "./struck.ts";

/** Something that a step did which a fault could have struck. */
export interface Sighting {
  readonly step: StepName;
  readonly dependency: Dependency;
  /** Seconds after the first thing that was seen at all. */
  readonly after: number;
  /** Of a call. */
  readonly service?: string;
  readonly operation?: string;
}

/** Strikes nothing, and takes note of everything that could be struck. */
export class Witness implements Faults {
  readonly sightings: Sighting[] = [];
  #beganMs: number | undefined;

  onAwsCall({ functionName, atMs, ...call }: AwsCall): undefined {
    const dependency = dependencyOf(call);
    if (dependency) this.#note({ where: functionName, atMs, dependency }, call);
  }

  onInvocation({ functionName: where, atMs }: InvocationTry): undefined {
    this.#note({ where, atMs, dependency: "lambda" });
  }

  onQueuedEvent({ functionName: where, atMs }: QueuedInvocation): undefined {
    this.#note({ where, atMs, dependency: "lambda-queue" });
    // Whatever comes from a queue may fail on its last try.
    this.#note({ where, atMs, dependency: "failure-destination" });
  }

  onDelivery({ target: where, atMs }: DeliveryAttempt): undefined {
    this.#note({ where, atMs, dependency: "rule-target" });
  }

  #note(
    { where, atMs, dependency }: { where: string; atMs: number; dependency: Dependency },
    call?: Pick<AwsCall, "service" | "operation">,
  ): void {
    this.#beganMs ??= atMs;
    const after = (atMs - this.#beganMs) / 1000;
    const step = stepNames.find((each) => where.includes(each));
    if (!step) return;
    this.sightings.push({ step, dependency, after, ...(call && { service: call.service, operation: call.operation }) });
  }
}
