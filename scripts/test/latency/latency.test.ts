import { describe, expect, test } from "vitest";
import { assumed } from "../../src/bill/assumptions.ts";
import type { Waker } from "../../src/bill/metered.ts";
import { distributionOf, sourcesOf, sumOf, z95 } from "../../src/latency/hops.ts";
import { reportPaths } from "../../src/latency/latency-report.ts";
import { fasterOf, model, type Path, pathOf, unknownHops } from "../../src/latency/path.ts";
import { verdictsOf } from "../../src/report/render-latency.ts";
import { run, taking } from "../bill/metered.ts";

const base = assumed("base");
const path = (variant: string, wakers: readonly Waker[], calls = 0, waitedMs = 0): Path => ({
  variant,
  wakers,
  calls,
  waitedMs,
});
const rules = (count: number): Waker[] => Array.from({ length: count }, () => "rule");
const states = (count: number): Waker[] => Array.from({ length: count }, () => "state machine");

describe("a hop", () => {
  test("has the median and the 90th percentile of its source", () => {
    const [source] = sourcesOf("standard");
    const { mu, sigma } = distributionOf(source!);
    expect(Math.exp(mu)).toBeCloseTo(source!.p50!, 6);
    expect(Math.exp(mu + 1.2816 * sigma)).toBeCloseTo(source!.p90!, 6);
  });

  test("of which only the 99th percentile is published has that one", () => {
    const source = sourcesOf("rule").find(({ p50 }) => p50 === undefined)!;
    const { mu, sigma } = distributionOf(source);
    expect(Math.exp(mu + 2.3263 * sigma)).toBeCloseTo(source.p99, 6);
    expect(Math.exp(mu)).toBeLessThan(source.p99);
  });

  test("each source says when it was measured and where that stands", () => {
    for (const { measured, source } of [...sourcesOf("rule"), ...sourcesOf("standard")]) {
      expect(measured).toMatch(/^20\d\d-\d\d$/);
      expect(source).not.toBe("");
    }
  });
});

describe("the sum of hops", () => {
  test("of one hop is that hop", () => {
    const hop = { mu: Math.log(100), sigma: 0.3 };
    const { p50, p95 } = sumOf([hop], 7);
    expect(p50).toBeCloseTo(107, 6);
    expect(p95).toBeCloseTo(7 + 100 * Math.exp(z95 * 0.3), 6);
  });

  test("of hops that never vary is their sum", () => {
    const { p50, p95 } = sumOf(
      Array.from({ length: 4 }, () => ({ mu: Math.log(50), sigma: 1e-9 })),
      10,
    );
    expect(p50).toBeCloseTo(210, 3);
    expect(p95).toBeCloseTo(210, 3);
  });

  test("spreads less, in proportion, than one hop does", () => {
    const hop = { mu: Math.log(100), sigma: 0.4 };
    const one = sumOf([hop], 0);
    const nine = sumOf(
      Array.from({ length: 9 }, () => hop),
      0,
    );
    expect(nine.p95 / nine.p50).toBeLessThan(one.p95 / one.p50);
  });
});

describe("a path", () => {
  test("has a range where sources disagree, and one value where there is one source", () => {
    const relay = model(path("relay", rules(4)), base)!;
    expect(relay.p50.most).toBeGreaterThan(2 * relay.p50.least);
    const star = model(path("star", states(4)), base)!;
    expect(star.p50.most).toBe(star.p50.least);
  });

  test("takes as much longer as its steps' work and its calls do", () => {
    const short = model(path("short", states(2), 5), base)!;
    const long = model(path("long", states(2), 5), {
      ...base,
      callMs: base.callMs + 1,
      handlerMs: base.handlerMs + 10,
    })!;
    expect(long.p50.least - short.p50.least).toBeCloseTo(5 + 2 * 10, 6);
  });

  test("in which a function calls a function is unknown until somebody says how long that takes", () => {
    expect(model(path("chain", ["rule", "function"]), base)).toBeUndefined();
    const said = model(path("chain", ["function", "function"]), base, { direct: 20 })!;
    expect(said.p50.least).toBe(2 * 20 + 2 * base.handlerMs);
  });

  test("through a durable execution waits for its function before each step, and not for its end", () => {
    const durable = [{ functionName: "saga", operations: 3, written: [], tookMs: 0 }];
    const invocations = [
      run("saga", "client", 1),
      run("StepsCreateOrder", "durable execution", 3),
      run("saga", "durable execution", 1),
      run("StepsShipOrder", "durable execution", 2),
      run("AnalyticsKeep", "rule", 9),
      run("saga", "durable execution", 0),
    ];
    const { scenarios } = taking("durable", { durable, invocations });
    const way = pathOf("durable", scenarios.get("happy")!);
    expect(way.wakers).toEqual(["client", "durable execution", "durable execution", "durable execution"]);
    expect(way.calls).toBe(1 + 3 + 1 + 2);
    expect(unknownHops(way, {})).toEqual(["direct", "checkpoint"]);
    expect(model(way, base, { direct: 20 })).toBeUndefined();
    const said = model(way, base, { direct: 20, checkpoint: 10 })!;
    expect(said.p50.least).toBe(20 + 3 * 10 + 4 * base.handlerMs + 7 * base.callMs);
  });

  test("on which a retry waits is not held against another", () => {
    expect(reportPaths("lost", [path("a", rules(3), 0, 60_000), path("b", states(3), 0, 60_000)], terms).pairs).toEqual(
      [],
    );
    expect(reportPaths("prompt", [path("a", rules(3)), path("b", states(3))], terms).pairs).toHaveLength(1);
  });
});

const terms = { assumed: base, medians: {} };

describe("of two paths", () => {
  test("who takes less is said by name, and so is about whom sources disagree", () => {
    const [relay, star, direct] = [path("relay", rules(4)), path("star", states(4)), path("short", states(1))];
    const likeRelay = path("another relay", rules(4));
    expect(verdictsOf(reportPaths("happy", [relay, star, direct, likeRelay], terms))).toEqual([
      "short takes less than relay, star, another relay",
      "no one: sources disagree about relay and star, star and another relay",
      "the same: relay and another relay",
    ]);
  });

  test("no one is faster while sources disagree about which", () => {
    expect(fasterOf(path("relay", rules(4)), path("star", states(4)), base)!.faster).toBeUndefined();
  });

  test.each([
    ["relay", 40],
    ["star", 300],
  ])("the %s is faster where a reader says that a rule's hop takes %i ms", (faster, rule) => {
    const [relay, star] = [path("relay", rules(4)), path("star", states(4))];
    expect(fasterOf(relay, star, base, { rule })!.faster).toBe(faster);
    // Whoever is named first.
    expect(fasterOf(star, relay, base, { rule })!.faster).toBe(faster);
  });

  test("the printed hop latency at which they change places makes them change places", () => {
    const [relay, star] = [path("relay", rules(4), 17), path("star", states(4), 12)];
    const { flips } = fasterOf(relay, star, base)!;
    const { atMs } = flips.find(({ hop }) => hop === "rule")!;
    expect(fasterOf(relay, star, base, { rule: atMs - 5 })!.faster).toBe("relay");
    expect(fasterOf(relay, star, base, { rule: atMs + 5 })!.faster).toBe("star");
  });
});
