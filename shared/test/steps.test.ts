import { describe, expect, test } from "vitest";
import * as errors from "../src/errors.ts";
import {
  ambiguityNames,
  approvalRefusalNames,
  eventContracts,
  isEventName,
  lifecycle,
  type OrderStatus,
  type Ports,
  refusalNames,
  ReservedOrder,
  steps,
} from "../src/index.ts";
import { order } from "./example-order.ts";

type Class = abstract new (...args: never[]) => Error;
const classes = Object.entries(errors) as [string, Class][];
const kinds = (family: Class) => classes.filter(([, each]) => each.prototype instanceof family).map(([name]) => name);

const message = { orderId: "order-1", placementId: "placement-1" };

describe("the steps", () => {
  test("declare every refusal and every ambiguity that there is", () => {
    expect([...refusalNames, ...approvalRefusalNames].toSorted()).toEqual(kinds(errors.Refusal).toSorted());
    expect(ambiguityNames.toSorted()).toEqual(kinds(errors.Ambiguity).toSorted());
  });

  test("take for an answer only what leads to a milestone of their own", () => {
    for (const { refusals, achieves } of Object.values(steps)) {
      const events = [achieves, ...refusals.map(({ leadsTo }) => leadsTo)];
      expect(new Set(events).size).toBe(events.length);
    }
  });

  test.each(Object.values(steps).filter(({ undoes }) => undoes !== undefined))(
    "$name undoes what it says, by the keys of those steps",
    async ({ name, achieves, undoes, run }) => {
      const { ports, keys } = recordingPorts(lifecycle[achieves].from[0]!);
      await run(message, ports);
      const others = keys.filter((key) => key !== `placement-1.1:${name}`);
      expect(others.toSorted()).toEqual(undoes!.map((step) => `placement-1.1:${step}`).toSorted());
    },
  );
});

describe("a message of another generation than the order is in", () => {
  test.each(Object.values(steps))("moves nothing by $name, and asks for nothing", async ({ run }) => {
    for (const status of ["PENDING", "RESERVED", "CHARGED", "INVENTORY_RELEASED"] as const) {
      const { ports, keys } = recordingPorts(status, 2);
      const unmoved = { ...ports, orders: { ...ports.orders, move: () => Promise.reject(new Error("moved")) } };
      for (const generation of [undefined, 1, 3])
        await expect(run({ ...message, generation }, unmoved)).rejects.toMatchObject({ name: "OrderConflict" });
      expect(keys).toEqual([]);
    }
  });

  test("of which the order is takes keys of its own", async () => {
    const { ports, keys } = recordingPorts("RESERVED", 2);
    await steps.ChargePayment.run({ ...message, generation: 2 }, ports);
    expect(keys).toEqual(["placement-1.2:ChargePayment"]);
  });
});

describe("a step whose order moves at every look", () => {
  test("gives up after five, for its next try", async () => {
    const { ports } = recordingPorts("RESERVED");
    let moves = 0;
    const contended = { ...ports, orders: { ...ports.orders, move: async () => ((moves += 1), false) } };
    await expect(steps.ChargePayment.run(message, contended)).rejects.toMatchObject({
      name: "OrderContended",
    });
    expect(moves).toBe(5);
  });
});

describe("an error's name", () => {
  const concrete = classes.filter(([name]) => !["Refusal", "Ambiguity"].includes(name));

  test("survives minification: each class writes it as a literal", () => {
    expect(concrete.length).toBeGreaterThan(10);
    for (const [name, each] of concrete) {
      // The name that JavaScript gives a class cannot be written to; a static field can.
      expect(Object.getOwnPropertyDescriptor(each, "name"), name).toMatchObject({ value: name, writable: true });
    }
  });

  test("is that of its class", () => {
    expect(new errors.PaymentTimedOut("key")).toMatchObject({ name: "PaymentTimedOut" });
    expect(new errors.OrderNotFound("order-1")).toMatchObject({ name: "OrderNotFound" });
  });
});

describe("an event", () => {
  test("is known by its name, and nothing else is", () => {
    for (const name of Object.keys(eventContracts)) expect(isEventName(name)).toBe(true);
    for (const name of ["OrderLost", "step started", "toString"]) expect(isEventName(name)).toBe(false);
  });
});

/** Ports of an order in this status, which keep the idempotency keys that they are given. */
function recordingPorts(
  status: OrderStatus,
  generation = 1,
): { readonly ports: Ports; readonly keys: readonly string[] } {
  const keys: string[] = [];
  const request = (given: object): Promise<never> => {
    for (const [field, value] of Object.entries(given)) if (/[kK]ey$/.test(field)) keys.push(String(value));
    return Promise.resolve({} as never);
  };
  return {
    keys,
    ports: {
      orders: {
        get: async () => ({
          order: ReservedOrder.parse({ ...order, reservationId: "RES-1" }),
          status,
          statuses: [status],
          placementId: "placement-1",
          generation,
        }),
        create: async () => undefined,
        move: async () => true,
        keepToken: async () => false,
        said: async () => {},
      },
      placements: { get: async () => undefined, reject: async () => {} },
      inventory: { reserve: request, release: request },
      payments: { charge: request, refund: request },
      carrier: { ship: request, void: request },
    },
  };
}
