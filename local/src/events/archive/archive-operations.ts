import type { Operations } from "../../door/door.ts";
import { AwsError } from "../../errors.ts";
import type { EventBus } from "../bus.ts";
import type { Buses } from "../buses.ts";
import type { PublishOptions } from "../delivery/publish.ts";
import { defined, text } from "../parameters.ts";
import type { Archive } from "./archive.ts";
import type { ReplayRequest } from "./replay.ts";
import { Replay } from "./replay.ts";

/** Every replay that was started, by its name. */
export type Replays = Map<string, Replay>;

/**
 * Operations on archives and replays.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Operations.html
 */
export function archiveOperations(buses: Buses, replays: Replays, options: PublishOptions): Operations {
  return {
    ListArchives(input) {
      const prefix = text(input, "NamePrefix") ?? "";
      const sourceArn = text(input, "EventSourceArn");
      const found = buses
        .archives()
        .map(([archive]) => archive)
        .filter(
          ({ description }) =>
            description.name.startsWith(prefix) && (sourceArn === undefined || description.sourceArn === sourceArn),
        );
      return { Archives: found.map(summarize) };
    },
    DescribeArchive(input) {
      const name = text(input, "ArchiveName")!;
      const [archive] = buses.archives().find(([{ description }]) => description.name === name) ?? [];
      if (!archive) throw new AwsError("ResourceNotFoundException", `Archive ${name} does not exist.`);
      const { description, patternText } = archive.description;
      return defined({
        ArchiveArn: archive.arn,
        ...summarize(archive),
        Description: description,
        EventPattern: patternText,
      });
    },
    StartReplay(input) {
      const request = input as unknown as ReplayRequest;
      if (replays.has(request.ReplayName)) {
        throw new AwsError("ResourceAlreadyExistsException", `Replay ${request.ReplayName} already exists.`);
      }
      const [archive, bus] = archiveOf(buses, request);
      const replay = new Replay(request, options.region, options.clock);
      replays.set(request.ReplayName, replay);
      replay.start(archive, bus, options);
      return { ReplayArn: replay.arn, State: "STARTING", ReplayStartTime: replay.startedAtMs / 1000 };
    },
    DescribeReplay(input) {
      const replay = replays.get(text(input, "ReplayName")!);
      if (!replay)
        throw new AwsError("ResourceNotFoundException", `Replay ${text(input, "ReplayName")} does not exist.`);
      const { Description, Destination } = replay.request;
      return defined({ ReplayArn: replay.arn, ...replay.summary(), Description, Destination });
    },
    ListReplays(input) {
      const found = [...replays.values()].filter(({ request }) =>
        request.ReplayName.startsWith(text(input, "NamePrefix") ?? ""),
      );
      return { Replays: found.map((replay) => replay.summary()) };
    },
  };
}

/** The archive and the bus of a replay, which must be the one the archive was made of. */
function archiveOf(buses: Buses, { EventSourceArn, Destination }: ReplayRequest): readonly [Archive, EventBus] {
  const found = buses.archives().find(([archive]) => archive.arn === EventSourceArn);
  if (!found) {
    const name = EventSourceArn.slice(EventSourceArn.lastIndexOf("/") + 1);
    throw new AwsError(
      "ValidationException",
      `Parameter EventSourceArn is not valid. Reason: Archive ${name} does not exist.`,
    );
  }
  if (Destination.Arn !== found[1].arn) {
    throw new AwsError(
      "ValidationException",
      "Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted.",
    );
  }
  return found;
}

function summarize(archive: Archive): Record<string, unknown> {
  const { events, createdAtMs, description } = archive;
  return {
    ArchiveName: description.name,
    EventSourceArn: description.sourceArn,
    State: "ENABLED",
    RetentionDays: description.retentionDays,
    SizeBytes: events.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    EventCount: events.length,
    CreationTime: createdAtMs / 1000,
  };
}
