import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Variant } from "@ovsc/shared/variant";
import { describe, expect, test } from "vitest";
import { synthesizeThin } from "../../src/clouds/synthesize.ts";
import { Director } from "../../src/explore/directing/director.ts";
import { judgedRun, openClouds, openExplored } from "../../src/explore/judged-run.ts";
import type { Budget } from "../../src/explore/picking/budget.ts";
import { type Picker, Repeat } from "../../src/explore/picking/picker.ts";
import { replay, shortest } from "../../src/explore/replay.ts";
import { readSchedule, type Schedule } from "../../src/explore/schedule.ts";
import { batchIn, partNamed } from "../../src/explore/scope.ts";
import { kindOf, walk } from "../../src/explore/search.ts";
import { whereToLook } from "../../src/explore/where-to-look.ts";
import { pair, variantNamed } from "../../src/variants.ts";
import { weakeningNamed } from "../../src/weakenings/weaken.ts";
import { isWhole } from "../family.ts";
import { found, mistaken, planted, plantedInOthers } from "./mistakes.ts";

const shipped = (variant: Variant) => openExplored(variant, { thin: true });

/** Made by chance inside a handler, by which it can be told from no other. */
const token = /"ClientRequestToken":"[^"]*"/g;

const anything = { faults: Infinity, duplicates: Infinity };

type OrderImage = Readonly<Record<string, { readonly S?: string } | undefined>>;

describe.each(pair.slice(0, isWhole ? pair.length : 1).map((variant) => [variant.name, variant] as const))(
  "%s",
  (_name, variant) => {
    test("goes the same way again in a cloud that was used, whatever befell it before", async () => {
      const { plain: cloud } = await shipped(variant);
      const told = async (schedule: Schedule) => {
        const lines: string[] = [];
        const director = new Director(new Repeat(schedule), anything);
        await cloud.run(batchIn("shipping-refused"), director, ({ sequence: _sequence, ...happening }) =>
          lines.push(JSON.stringify(happening).replace(token, "")),
        );
        return createHash("sha256").update(lines.join("\n")).digest("hex");
      };
      const calm = await told([]);
      const at = "fault at ChargePayment(shipping-refused-order-1) try 1: payment-gateway PutItem";
      for (const take of ["fail-before", "fail-after", "late-effect", "server-error of payment-gateway from now on"])
        expect(await told([{ at, nth: 1, take }])).not.toBe(calm);
      expect(await told([])).toBe(calm);
    });

    test
      .runIf(isWhole)
      .each([
        "last-unit/0-faults-0-duplicates",
        "out-of-stock/0-faults-1-duplicates",
        "out-of-stock/1-faults-0-duplicates",
      ])("%s leaves nothing wrong behind, and what is pruned comes to no other end", async (name) => {
      const ends = async (reduces: boolean) => {
        const all = new Set<string>();
        const walked = await walk(await shipped(variant), partNamed(name), {
          reduces,
          onEnd: ({
            director: {
              state,
              striker: { tries },
            },
          }) => all.add(`${state.end} ${tries.isUsedUp} ${tries.isBeyondBudget}`),
        });
        expect(walked.found).toEqual([]);
        expect(walked.finished).toBe(true);
        expect(walked.runs - walked.pruned).toBe(walked.ends);
        return { all: [...all].toSorted(), walked };
      };
      const reduced = await ends(true);
      const whole = await ends(false);
      expect(reduced.all).toEqual(whole.all);
      expect(reduced.walked.runs).toBeLessThanOrEqual(whole.walked.runs);
    });
  },
);

test.each([...planted, ...plantedInOthers].slice(0, isWhole ? undefined : 1))(
  "finds $mistake in $variant, $part",
  async ({ variant: name, part: partName, patches, finding }) => {
    const part = partNamed(partName);
    const variant = variantNamed(name);
    const cloud = await mistaken(variant, patches);
    const { found: leads } = await walk(cloud, part, { kinds: 1 });
    const { schedule, violations } = leads[0]!;
    expect(violations.map(kindOf)).toContain(finding);

    const violation = violations.find((each) => kindOf(each) === finding)!;
    const batch = batchIn(part.scenario);
    const short = await shortest(cloud, batch, { schedule, violation });
    expect(short.length).toBeGreaterThan(0);
    expect((await replay(cloud, batch, short)).violations.map(kindOf)).toContain(finding);
    for (const left of short) {
      const less = short.filter((each) => each !== left);
      expect((await replay(cloud, batch, less)).violations.map(kindOf)).not.toContain(finding);
    }
    expect((await replay(await shipped(variant), batch, short)).violations).toEqual([]);
  },
);

const folder = new URL("found/", import.meta.url);

test.each(readdirSync(folder))(
  "%s does damage where the mistake is made, and none where it is mended",
  async (file) => {
    const { variant: name, orders, schedule, finding } = readSchedule(fileURLToPath(new URL(file, folder)));
    const variant = variantNamed(name);
    const batch = batchIn((orders as { scenario: string }).scenario);
    const before = await replay(await mistaken(variant, found[file.replace(".json", "")]!), batch, schedule);
    expect(before.unmet).toBe(0);
    expect(before.violations.map(kindOf)).toContain(finding);
    expect((await replay(await shipped(variant), batch, schedule)).violations).toEqual([]);
  },
);

test.each([
  ["taken-between-two-looks", { faults: 1, duplicates: 0, asleep: [] }],
  ["parked-before-it-was-created", { faults: 1, duplicates: 0, asleep: [] }],
  ["parcel-after-its-undo", { faults: 2, duplicates: 0, asleep: [] }],
])("%s is within what is walked with as many faults: nothing of it is pruned", async (name, budget) => {
  const { variant, schedule } = readSchedule(fileURLToPath(new URL(`${name}.json`, folder)));
  const picker = new Repeat(schedule);
  await judgedRun(await shipped(variantNamed(variant)), batchIn("happy"), { picker, budget });
  expect(picker.unmet).toBe(0);
});

test("an end that comes after the last try waits for the sweeper, which says it", async () => {
  const clouds = await shipped(variantNamed("choreography"));
  const outage = "server-error of table";
  const schedule = [
    { at: "fault at ShipOrder(happy-order-1) try 1: order-table UpdateItem", nth: 1, take: "late-effect" },
    { at: "fault at ShipOrder(happy-order-1) try 2: order-table UpdateItem", nth: 1, take: `${outage} from now on` },
    { at: "next", nth: 3, take: "late ShipOrder(happy-order-1) try 1: order-table UpdateItem" },
    { at: `${outage}, asked again`, nth: 1, take: "goes on" },
  ];
  const judged = await judgedRun(clouds, batchIn("happy"), { picker: new Repeat(schedule), hears: true });
  expect(judged!.schedule).toEqual(schedule);
  expect(judged!.director.striker.tries.isBeyondBudget).toBe(true);
  expect(judged!.violations).toEqual([]);
  expect(judged!.happenings.some((each) => each.type === "EventPublished" && each.detailType === "OrderShipped")).toBe(
    true,
  );
});

test("a settled order whose execution failed without telling so is told once the execution is redriven", async () => {
  const clouds = await shipped(variantNamed("orchestration"));
  const outage = "server-error of table";
  const schedule = [
    { at: "fault at ShipOrder(happy-order-1) try 1: order-table UpdateItem", nth: 1, take: "fail-after" },
    { at: "fault at ShipOrder(happy-order-1) try 1: order-table GetItem", nth: 2, take: `${outage} from now on` },
    ...[1, 2, 3, 4, 5].map((nth) => ({ at: `${outage}, asked again`, nth, take: "goes on" })),
  ];
  const judged = await judgedRun(clouds, batchIn("happy"), { picker: new Repeat(schedule), hears: true });
  expect(judged!.schedule).toEqual(schedule);
  expect(judged!.violations).toEqual([]);
  const story = judged!.happenings.flatMap((each) => {
    if (each.type === "ItemChanged") return (each.newImage as OrderImage)["status"]?.S ?? [];
    return each.type === "ExecutionEvent" && each.event.startsWith("Execution") ? [each.event] : [];
  });
  expect(story.slice(story.indexOf("SHIPPED"))).toEqual([
    "SHIPPED",
    "ExecutionFailed",
    "ExecutionRedriven",
    "ExecutionSucceeded",
  ]);
});

test.runIf(isWhole)(
  "a schedule counts questions that were not asked, and so repeats a run that took up faults later",
  async () => {
    const clouds = await shipped(variantNamed("choreography"));
    const told = async (picker: Picker, budget?: Budget) => {
      const judged = await judgedRun(clouds, batchIn("happy"), { picker, hears: true, ...(budget && { budget }) });
      const lines = judged!.happenings.map(({ sequence: _sequence, ...happening }) => JSON.stringify(happening));
      return { schedule: judged!.schedule, lines: lines.join("\n").replaceAll(token, "") };
    };
    // The SDK looks again, of which nobody is asked; the state is then one in which a fault was left.
    let looks = 0;
    const first = await told(
      {
        pick(at, options) {
          if (!at.endsWith("CreateOrder(happy-order-1) try 1: order-table GetItem")) return 0;
          looks += 1;
          return options.indexOf(looks === 1 ? "throttle" : "fail-before");
        },
        pass: () => {
          looks += 1;
        },
        arrive: (_fingerprint, left) => (looks === 2 ? { ...left, faults: 1 } : left),
      },
      { faults: 1, duplicates: 0 },
    );
    expect(first.schedule.map(({ nth, take }) => [nth, take])).toEqual([
      [1, "throttle"],
      [3, "fail-before"],
    ]);
    expect(await told(new Repeat(first.schedule))).toEqual(first);
  },
);

test.runIf(isWhole)("faults strike at the steps of a part alone, where it names some", async () => {
  const clouds = await shipped(variantNamed("orchestration"));
  const struck = new Set<string>();
  const walked = await walk(clouds, partNamed("happy/1-faults-0-duplicates/ShipOrder"), {
    onEnd: ({ director }) => {
      for (const { where } of director.striker.struck) struck.add(where);
    },
  });
  expect(walked.found).toEqual([]);
  expect(walked.finished).toBe(true);
  expect(struck.size).toBeGreaterThan(3);
  expect([...struck].filter((where) => !where.startsWith("ShipOrder("))).toEqual([]);
  expect(() => partNamed("happy/1-faults-0-duplicates/Ship")).toThrow("unknown part");
});

test("an order that came to its end is left to the sweeper only where a line of defence is missing", async () => {
  const variant = variantNamed("choreography");
  const nothing = partNamed("happy/0-faults-0-duplicates");
  const unnoted = await openExplored(variant, { without: "said-not-noted", thin: true });
  const { found: leads } = await walk(unnoted, nothing);
  expect(leads.flatMap(({ violations }) => violations.map(({ rule }) => rule))).toEqual([
    "nothing-left-to-the-sweeper",
  ]);
  expect((await walk(await shipped(variant), nothing)).found).toEqual([]);
});

const lookedFor = (weakening: string) =>
  whereToLook(weakeningNamed(weakening, "a test"), "choreography").map(({ name }) => name);

test("a line of defence is looked for first where its story misses it, and then everywhere", () => {
  const parts = lookedFor("no-claim");
  const where = "ShipOrder@carrier,ShipOrder@order-table,RefundPayment@carrier";
  expect(parts.slice(0, 4)).toEqual([
    `happy/2-faults-0-duplicates/${where}`,
    `happy/3-faults-0-duplicates/${where}`,
    "happy/1-faults-0-duplicates",
    "happy/0-faults-1-duplicates",
  ]);
  for (const name of parts) expect(partNamed(name).name).toBe(name);
  expect(parts).toContain("order-id-taken/1-faults-1-duplicates");
  expect(parts).not.toContain("happy/3-faults-0-duplicates");
  expect(lookedFor("no-tombstone-for-charge").slice(0, 3)).toEqual([
    "happy/1-faults-0-duplicates",
    "happy/0-faults-1-duplicates",
    "happy/2-faults-0-duplicates/ChargePayment@payment-gateway",
  ]);
  expect(lookedFor("sweeps-not-counted")[0]).toBe("happy/2-faults-0-duplicates/ChargePayment");
  expect(() => partNamed("happy/1-faults-0-duplicates/ChargePayment@teapot")).toThrow("unknown part");
});

test.runIf(isWhole)(
  "an order that was undone and begins anew ends as if nothing had befallen it, under keys of its own",
  async () => {
    const variant = variantNamed("orchestration");
    const part = partNamed("happy/1-faults-0-duplicates");
    const assembly = await synthesizeThin(variant);
    const clouds = await openClouds(variant, { assembly, thin: true, remedying: { remedy: "again" } });
    expect(await walk(clouds, part)).toMatchObject({ finished: true, found: [] });
    const damaged = await openExplored(variant, { without: "one-key-for-all-generations", thin: true });
    const { found: leads } = await walk(damaged, part, { kinds: 1 });
    expect(leads[0]!.violations.map(kindOf)).toContain("ends-as-the-scenario-says: must end SHIPPED");
  },
);

test.runIf(isWhole)(
  "an order whose provider is away and whose records are lost for good is parked by the sweeper",
  async () => {
    const away = "server-error of payment-gateway";
    const schedule = [
      {
        at: "fault at ChargePayment(happy-order-1) try 1: payment-gateway PutItem",
        nth: 1,
        take: `${away} from now on`,
      },
      ...[1, 2].map((nth) => ({ at: `${away}, asked again`, nth, take: "goes on" })),
      { at: "fault at record of ChargePayment(happy-order-1)", nth: 1, take: "record-lost" },
    ];
    const clouds = await shipped(variantNamed("choreography"));
    const judged = await judgedRun(clouds, batchIn("happy"), { picker: new Repeat(schedule), hears: true });
    expect(judged!.schedule).toEqual(schedule);
    expect(judged!.violations).toEqual([]);
    const statuses = judged!.happenings.flatMap((each) =>
      each.type === "ItemChanged" ? ((each.newImage as OrderImage)["status"]?.S ?? []) : [],
    );
    expect(statuses.at(-1)).toBe("NEEDS_ATTENTION");
  },
);

test.runIf(isWhole)("what listeners keep of an order tells no two ends of it apart", async () => {
  const clouds = await shipped(variantNamed("hybrid"));
  const end = async (schedule: Schedule) => {
    const judged = await judgedRun(clouds, batchIn("happy"), { picker: new Repeat(schedule) });
    expect(judged!.schedule).toEqual(schedule);
    return judged!.director.state.end;
  };
  const at = "fault at ReserveInventory(happy-order-1) try 1: event-bus PutEvents";
  expect(await end([{ at, nth: 1, take: "answer-lost" }])).toBe(await end([]));
});

const turnedAway = "throttle of lambda";
const forLong = (at: string, times: number): Schedule => [
  { at: `fault at ${at}`, nth: 1, take: `${turnedAway} from now on` },
  ...Array.from({ length: times }, (_, index) => ({
    at: `${turnedAway}, asked again`,
    nth: index + 1,
    take: "goes on",
  })),
];

const waiting = [
  ["chain", "nobody invokes its first function again", forLong("CreateOrder(happy-order-1) try 1", 0)],
  ["express-sync", "its execution is over after five minutes", forLong("CreateOrder(happy-order-1) try 1", 2)],
  ["durable", "its execution is over before", forLong("ChargePayment(happy-order-1) try 1", 2)],
] as const;

test.runIf(isWhole).each(waiting)(
  "an order of the %s that is turned away waits for the sweeper as declared: %s",
  async (name, _why, schedule) => {
    const variant = variantNamed(name);
    const judged = await judgedRun(await shipped(variant), batchIn("happy"), { picker: new Repeat(schedule) });
    expect(judged!.schedule).toEqual(schedule);
    expect(judged!.violations).toEqual([]);
    expect(judged!.isSwept && judged!.isDeclared).toBe(true);
    const silent = { ...variant, differs: [] };
    const undeclared = await judgedRun(await shipped(silent), batchIn("happy"), { picker: new Repeat(schedule) });
    expect(undeclared!.violations).not.toEqual([]);
  },
);

test.runIf(isWhole)(
  "an order that has shipped stays so where an answer in the chain is lost, and who called undoes",
  async () => {
    const at = "fault at ChargePayment(happy-order-1) try 1: lambda Invoke";
    const schedule = [{ at, nth: 1, take: "answer-lost" }];
    const clouds = await shipped(variantNamed("chain"));
    const judged = await judgedRun(clouds, batchIn("happy"), { picker: new Repeat(schedule), hears: true });
    expect(judged!.schedule).toEqual(schedule);
    expect(judged!.violations).toEqual([]);
    const begun = judged!.happenings.flatMap((each) => (each.type === "InvocationStarted" ? each.functionName : []));
    expect(begun.slice(-2)).toEqual([expect.stringContaining("ShipOrder"), expect.stringContaining("RefundPayment")]);
    const statuses = judged!.happenings.flatMap((each) =>
      each.type === "ItemChanged" ? ((each.newImage as OrderImage)["status"]?.S ?? []) : [],
    );
    expect(statuses.at(-1)).toBe("SHIPPED");
  },
);

const bystanders = async (name: string) => [...(await shipped(variantNamed(name))).plain.concern.bystanders];

test("only whoever listens is a bystander", async () => {
  expect(await bystanders("durable")).toEqual([]);
  const hybrid = await bystanders("hybrid");
  expect(hybrid.map((name) => /^ovsc-hybrid-([A-Z][a-z]+)/.exec(name)![1])).toEqual([
    "Analytics",
    "Loyalty",
    "Notification",
  ]);
});

test("an event that was throttled for most of its age has less time for its tries: a used-up budget", async () => {
  const clouds = await shipped(variantNamed("choreography"));
  const outage = "server-error of table";
  const schedule = [
    { at: "fault at delivery of OrderPlaced to CreateOrder(happy-order-1) try 1", nth: 1, take: "duplicate" },
    { at: "second delivery of OrderPlaced to CreateOrder(happy-order-1) try 1", nth: 1, take: "late" },
    { at: "fault at ShipOrder(happy-order-1) try 1", nth: 1, take: "throttle of lambda from now on" },
    { at: "throttle of lambda, asked again", nth: 1, take: "goes on" },
    { at: "late", nth: 18, take: "late delivery of OrderPlaced to CreateOrder(happy-order-1) try 1" },
    { at: "fault at ShipOrder(happy-order-1) try 1: order-table GetItem", nth: 1, take: `${outage} from now on` },
    { at: `${outage}, asked again`, nth: 1, take: "goes on" },
  ];
  const judged = await judgedRun(clouds, batchIn("happy"), { picker: new Repeat(schedule), hears: true });
  expect(judged!.schedule).toEqual(schedule);
  expect(judged!.director.striker.tries.isUsedUp).toBe(true);
  expect(judged!.violations).toEqual([]);
  const once = [
    { at: "fault at ShipOrder(happy-order-1) try 1: order-table GetItem", nth: 1, take: `${outage} from now on` },
  ];
  const within = await judgedRun(clouds, batchIn("happy"), { picker: new Repeat(once) });
  expect(within!.director.striker.tries.isUsedUp).toBe(false);
  expect(within!.violations).toEqual([]);
});
