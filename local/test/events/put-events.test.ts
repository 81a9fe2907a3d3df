import { describe, expect, test } from "vitest";
import { smallCloud } from "./small-cloud.ts";

const valid = { Source: "orders", DetailType: "OrderCreated", Detail: "{}" };

describe("PutEvents", () => {
  test.each([
    ["Source", "InvalidArgument", "Parameter Source is not valid. Reason: Source is a required argument."],
    ["DetailType", "InvalidArgument", "Parameter DetailType is not valid. Reason: DetailType is a required argument."],
    ["Detail", "InvalidArgument", "Parameter Detail is not valid. Reason: Detail is a required argument."],
  ])("turns down the entry without %s and takes the others", (name, ErrorCode, ErrorMessage) => {
    const answer = smallCloud().call("PutEvents", { Entries: [{ ...valid, [name]: undefined }, valid] });
    expect(answer).toEqual({
      FailedEntryCount: 1,
      Entries: [{ ErrorCode, ErrorMessage }, { EventId: expect.any(String) as string }],
    });
  });

  test.each(["not json", "[1]", '"text"'])("calls the detail %s malformed", (Detail) => {
    const answer = smallCloud().call("PutEvents", { Entries: [{ ...valid, Detail }] });
    expect(answer).toMatchObject({
      FailedEntryCount: 1,
      Entries: [{ ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed." }],
    });
  });

  test("takes 1 to 10 entries", () => {
    const { call } = smallCloud();
    expect(() => call("PutEvents", { Entries: [] })).toThrow("Member must have length greater than or equal to 1");
    expect(() => call("PutEvents", { Entries: Array.from({ length: 11 }, () => valid) })).toThrow(
      "Value '[PutEventsRequestEntry(time=null, source=",
    );
  });

  test("takes 1 MB in all", () => {
    const { call } = smallCloud();
    const Detail = JSON.stringify({ text: "x".repeat(600_000) });
    expect(() =>
      call("PutEvents", {
        Entries: [
          { ...valid, Detail },
          { ...valid, Detail },
        ],
      }),
    ).toThrow("over the limit");
  });

  test("takes an event for a bus that does not exist, and only the history shows it", async () => {
    const cloud = smallCloud();
    expect(cloud.put({}, { EventBusName: "nowhere" })).toMatchObject({ FailedEntryCount: 0 });
    await cloud.clock.run();
    expect(cloud.happenings).toMatchObject([{ type: "EventPublished", bus: "nowhere" }]);
  });

  test("keeps to names it knows", () => {
    const { call } = smallCloud();
    expect(() => call("PutEvents", { Entries: [valid], EndpointId: "e.1" })).toThrow(
      "does not know the parameter EndpointId",
    );
    expect(() => call("CreateConnection", {})).toThrow("does not know the operation CreateConnection");
  });
});
