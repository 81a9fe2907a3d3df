import type { ServiceDescriptor } from "../../descriptor.ts";
import type { BusEvent } from "../event.ts";

/** An event on its way to a target. */
export interface EventForTarget {
  readonly targetArn: string;
  /** What the target's input, path or transformer made of the event. */
  readonly text: string;
  readonly event: BusEvent;
}

/**
 * What a service is as the target of a rule.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html (2026-11-21)
 */
export interface EventTarget {
  readonly operation: string;
  /** The input of the operation by which the event gets there. */
  input(event: EventForTarget): Readonly<Record<string, unknown>>;
  /** Whether EventBridge calls in the target's role; by the policy of the resource otherwise. */
  readonly usesRole: boolean;
  /** @throws UnknownFeature for a target of this service that the cloud cannot send to */
  check?(targetArn: string, where: string): void;
}

/** The services that can be targets, by name. */
export type EventTargets = ReadonlyMap<string, EventTarget>;

export const eventTargets = (services: readonly ServiceDescriptor[]): EventTargets =>
  new Map(services.flatMap(({ name, eventTarget }) => (eventTarget ? [[name, eventTarget]] : [])));
