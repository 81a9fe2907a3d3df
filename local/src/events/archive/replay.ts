import type { Clock } from "../../clock.ts";
import { AwsError } from "../../errors.ts";
import { arn } from "../../identity.ts";
import type { EventBus } from "../bus.ts";
import type { PublishOptions } from "../delivery/publish.ts";
import { publish } from "../delivery/publish.ts";
import { BusEvent } from "../event.ts";
import type { Archive } from "./archive.ts";

export interface ReplayRequest {
  readonly ReplayName: string;
  readonly Description?: string;
  /** The archive. */
  readonly EventSourceArn: string;
  /** Seconds since 1970. */
  readonly EventStartTime: number;
  readonly EventEndTime: number;
  readonly Destination: { readonly Arn: string; readonly FilterArns?: readonly string[] };
}

/**
 * An archive's events once more, under the replay's name. Each is a task of its own: AWS keeps no order within a
 * minute.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-replay-archived-event.html
 */
export class Replay {
  readonly request: ReplayRequest;
  readonly arn: string;
  readonly startedAtMs: number;
  #endedAtMs: number | undefined;
  #remaining = 0;

  constructor(request: ReplayRequest, region: string, clock: Clock) {
    if (request.EventEndTime < request.EventStartTime) {
      throw new AwsError(
        "ValidationException",
        "Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.",
      );
    }
    this.request = request;
    this.arn = arn("events", region, `replay/${request.ReplayName}`);
    this.startedAtMs = clock.nowMs;
  }

  start(archive: Archive, bus: EventBus, options: PublishOptions): void {
    const { clock, region } = options;
    const { ReplayName: replayName, EventStartTime, EventEndTime, Destination } = this.request;
    const events = archive.between(EventStartTime * 1000, EventEndTime * 1000);
    this.#remaining = events.length;
    if (events.length === 0) this.#endedAtMs = clock.nowMs;
    for (const { parts, trace } of events) {
      clock.schedule(0, () => {
        const event = new BusEvent({ ...parts, replayName }, clock.nowMs, region, trace);
        publish(event, bus, options, { ruleArns: Destination.FilterArns });
        if (--this.#remaining === 0) this.#endedAtMs = clock.nowMs;
      });
    }
  }

  /** The members that ListReplays and DescribeReplay share. */
  summary(): Record<string, unknown> {
    const { ReplayName, EventSourceArn, EventStartTime, EventEndTime } = this.request;
    return {
      ReplayName,
      EventSourceArn,
      State: this.#endedAtMs === undefined ? "RUNNING" : "COMPLETED",
      EventStartTime,
      EventEndTime,
      ReplayStartTime: this.startedAtMs / 1000,
      ...(this.#endedAtMs === undefined ? {} : { ReplayEndTime: this.#endedAtMs / 1000 }),
    };
  }
}
