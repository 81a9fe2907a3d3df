import type { EventBus } from "aws-cdk-lib/aws-events";
import { PolicyStatement, type Role } from "aws-cdk-lib/aws-iam";
import { type EventName, eventSource } from "../event.ts";

/**
 * Lets a role say these facts of the saga on a bus, and nothing else.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html (2026-11-21)
 */
export const sayOnBus = (role: Role, bus: EventBus, ...facts: readonly EventName[]): boolean =>
  role.addToPolicy(
    new PolicyStatement({
      actions: ["events:PutEvents"],
      resources: [bus.eventBusArn],
      conditions: { StringEquals: { "events:source": eventSource, "events:detail-type": [...facts] } },
    }),
  );
