import { expect, test } from "vitest";
import { startMs, smallCloud } from "./small-cloud.ts";

function archived() {
  const cloud = smallCloud();
  const sourceArn = cloud.events.buses.get().arn;
  const archive = cloud.events.createArchive({
    name: "orders",
    sourceArn,
    description: undefined,
    patternText: '{"source": ["orders"]}',
    retentionDays: 1,
  });
  const replay = (ReplayName: string) =>
    cloud.call("StartReplay", {
      ReplayName,
      EventSourceArn: archive.arn,
      EventStartTime: startMs / 1000,
      EventEndTime: startMs / 1000 + 3600,
      Destination: { Arn: sourceArn },
    });
  return { cloud, replay };
}

test("an archive keeps the events that match until retention ends", async () => {
  const { cloud } = archived();
  cloud.put({});
  cloud.put({}, { Source: "payments" });
  expect(cloud.call("DescribeArchive", { ArchiveName: "orders" })).toMatchObject({ EventCount: 1, RetentionDays: 1 });
  expect(cloud.call("ListArchives", {})).toMatchObject({ Archives: [{ ArchiveName: "orders", EventCount: 1 }] });
  cloud.clock.schedule(86_400_001, () => {});
  await cloud.clock.run();
  expect(cloud.call("DescribeArchive", { ArchiveName: "orders" })).toMatchObject({ EventCount: 0 });
});

test("a replay delivers archived events again under its name, and archives them no second time", async () => {
  const { cloud, replay } = archived();
  cloud.rule({ source: ["orders"] }, {});
  cloud.put({ orderId: "o-1" });
  await cloud.clock.run();
  expect(replay("again")).toMatchObject({ State: "STARTING" });
  await cloud.clock.run();
  const [first, second] = cloud.functions.invocations.map(({ payload }) => payload);
  expect(second).toEqual({ ...(first as object), "replay-name": "again" });
  expect(cloud.functions.invocations[1]?.caller.trace.correlationId).toBe("o-1");
  expect(cloud.call("DescribeReplay", { ReplayName: "again" })).toMatchObject({ State: "COMPLETED" });
  expect(cloud.call("DescribeArchive", { ArchiveName: "orders" })).toMatchObject({ EventCount: 1 });
});

test("a reset forgets replays, so that the next run may use the same names", () => {
  const { cloud, replay } = archived();
  replay("again");
  expect(() => replay("again")).toThrow("already exists");
  cloud.events.reset();
  expect(replay("again")).toMatchObject({ State: "STARTING" });
});
