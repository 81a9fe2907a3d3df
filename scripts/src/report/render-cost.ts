import Table from "cli-table3";
import { assumptions, type Band } from "../bill/assumptions.ts";
import type { Bill, BillLine } from "../bill/bill.ts";
import type { CostReport, Pair } from "../bill/cost-report.ts";
import { axes, type Crossing } from "../bill/crossings.ts";

/** A month's bills for a person: lines, totals, where variants cross, and what was assumed. */
export function renderCost(report: CostReport): string {
  const { region, profile, pricesOf, ordersPerMonth, mix, freeTier, bills, pairs } = report;
  const tier = freeTier ? "free tiers taken off" : "without free tiers";
  return [
    `${ordersPerMonth.toLocaleString("en")} orders a month, ${region}, list prices of ${pricesOf}, ${tier}; US dollars`,
    `modelled from what these scenarios take in the embedded cloud, in the ${profile} profile: ${mix}`,
    table(bills),
    ...bills.flatMap(missingOf),
    ...pairs.flatMap(renderPair),
    "",
    "assumed (low, base, high):",
    ...Object.values(assumptions).map(
      ({ low, base, high, unit, what }) => `  ${what}: ${low}, ${base}, ${high} ${unit}`,
    ),
    `again: ${report.command}`,
    "",
  ].join("\n");
}

/** @returns a line of each rule that bills any variant, with the base case of each; totals with low and high */
function table(bills: readonly Bill[]): string {
  const head = ["line", ...bills.map(({ variant }) => variant)];
  const colAligns = ["left" as const, ...bills.map(() => "right" as const)];
  const grid = new Table({ head, colAligns, style: { head: [], border: [], compact: true } });
  const section = (of: (bill: Bill) => readonly BillLine[], note = "") => {
    for (const [rule, title] of new Map(bills.flatMap(of).map((line) => [line.rule, line.title]))) {
      const cells = bills.map((bill) => lineText(of(bill).find((line) => line.rule === rule)));
      grid.push([`${title}${note}`, ...cells]);
    }
  };
  section(({ lines }) => lines);
  section(({ fixed }) => fixed.filter(({ rule }) => !isTick(rule)), ", every month");
  grid.push(["the sweeper's schedule, every month", ...bills.map(({ fixed }) => ticksText(fixed))]);
  grid.push(["total", ...bills.map(({ total }) => (total ? dollars(total.base) : "unknown"))]);
  grid.push(["  low to high", ...bills.map(({ total }) => (total ? range(total) : "unknown"))]);
  section(({ outside }) => outside, ", outside the total");
  return grid.toString();
}

const isTick = (rule: string): boolean => rule.startsWith("tick-");

/** All that a schedule takes, in one figure: its lines are cents. */
function ticksText(fixed: readonly BillLine[]): string {
  const ticks = fixed.filter(({ rule }) => isTick(rule));
  if (ticks.length === 0) return "-";
  if (ticks.some(({ usd }) => !usd)) return "no price";
  return dollars(ticks.reduce((sum, { usd }) => sum + usd!.base, 0));
}

function lineText(line: BillLine | undefined): string {
  if (!line) return "-";
  return line.usd ? dollars(line.usd.base) : "no price";
}

/** Cents from a dollar on; below, what is there is shown. */
const dollars = (usd: number): string =>
  usd > 0 && usd < 0.005 ? "< 0.01" : usd.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

const range = ({ low, high }: Band): string => `${dollars(low)} to ${dollars(high)}`;

const missingOf = ({ variant, missing, priced }: Bill): string[] =>
  missing.length === 0
    ? []
    : [`${variant}: no price known for ${missing.join(", ")}; what can be priced is ${dollars(priced.base)}`];

function renderPair({ between, cheaper, ratio, crossings }: Pair): string[] {
  const verdict =
    ratio === undefined
      ? "unknown, since prices are missing"
      : cheaper
        ? `${cheaper} costs less, in the low, the base and the high case: by a factor of ${figure(ratio)}`
        : "no one costs less for sure: the low, the base and the high case disagree";
  return ["", `${between.join(" against ")}: ${verdict}`, ...crossings.map((each) => `  ${renderCrossing(each)}`)];
}

/** Where the cheaper one changes along an axis, or that he does not. */
export function renderCrossing({ axis, points, cheaper, ratio }: Crossing): string {
  const { title, unit } = axes.find(({ id }) => id === axis)!;
  if (points.length > 0) {
    return points
      .map(({ at, cheaperBelow, because }) => {
        const why = because ? ` (it decides nothing: ${because})` : "";
        return `${title}: cross at ${figure(at)} ${unit}; below, ${cheaperBelow} costs less${why}`;
      })
      .join("; ");
  }
  if (!cheaper) return `${title}: no crossing, both cost the same`;
  const [least, most] = ratio.map(figure);
  return `${title}: no crossing, ${cheaper} costs less everywhere, by a factor of ${least} to ${most}`;
}

/** Three digits. */
const figure = (value: number): string => Number(value.toPrecision(3)).toLocaleString("en");
