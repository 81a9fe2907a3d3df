import {
  DescribeArchiveCommand,
  EventBridgeClient,
  ListRulesCommand,
  StartReplayCommand,
} from "@aws-sdk/client-eventbridge";
import { type EventName, eventSource } from "@ovsc/shared";
import type { DeployedStack, Remedy } from "@ovsc/shared/variant";

/**
 * Replays the archive: every event of the time in question goes to the rules once more, those of other orders too.
 * Whatever a step has done it says again, so that an order goes on from where it stopped.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-replay-archived-event.html (2026-11-21)
 */
export function replay({ outputs, client, now }: Pick<DeployedStack, "outputs" | "client" | "now">): Remedy {
  const bus = client(EventBridgeClient);
  return {
    does: "replays the archived events of that time, to all rules or to those that some events wake",
    async apply({ from, to, events }) {
      const ArchiveName = outputs["ArchiveName"];
      const { ArchiveArn, EventSourceArn: busArn } = await bus.send(new DescribeArchiveCommand({ ArchiveName }));
      const FilterArns = events.length > 0 ? await rulesOn(events, outputs["BusName"]!, bus) : undefined;
      const ReplayName = `order-saga-${Date.parse(now())}`;
      await bus.send(
        new StartReplayCommand({
          ReplayName,
          EventSourceArn: ArchiveArn,
          EventStartTime: new Date(from),
          EventEndTime: new Date(to),
          Destination: { Arn: busArn, ...(FilterArns && { FilterArns }) },
        }),
      );
      const rules = events.length > 0 ? `the rules that ${events.join(", ")} wakes` : "all rules";
      return [`replay ${ReplayName} hands the events from ${from} to ${to} to ${rules}`];
    },
  };
}

/** The ARNs of the rules that match these events of the saga. */
async function rulesOn(events: readonly EventName[], busName: string, client: EventBridgeClient): Promise<string[]> {
  const arns: string[] = [];
  let next: string | undefined;
  do {
    const page = { EventBusName: busName, ...(next !== undefined && { NextToken: next }) };
    const { Rules = [], NextToken } = await client.send(new ListRulesCommand(page));
    for (const { Arn, EventPattern = "{}" } of Rules) {
      const pattern = JSON.parse(EventPattern) as { source?: string[]; "detail-type"?: string[] };
      const isOurs = pattern.source?.includes(eventSource) ?? false;
      if (isOurs && events.some((event) => pattern["detail-type"]?.includes(event))) arns.push(Arn!);
    }
    next = NextToken;
  } while (next !== undefined);
  return arns;
}
