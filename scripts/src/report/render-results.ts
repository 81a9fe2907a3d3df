import Table from "cli-table3";
import type { Result, Tally } from "../judgement/results.ts";
import type { Count, Counts } from "../runs/counts.ts";
import { counted } from "./words.ts";

/** A column: its title, and what it shows of a result. */
interface Column {
  readonly title: string;
  readonly isText?: true;
  /** Left out where the table is too wide, the highest first; a column without it always stands. */
  readonly leave?: number;
  readonly of: (result: Result) => string;
}

const match = { valid: "yes", invalid: "NO", unknown: "?" } as const;

const known = (value: Count): string => value.toLocaleString("en");

/** What all variants show, once where they agree, otherwise in the order of the registry: 5 / 0. */
const each =
  (value: (tally: Tally) => string) =>
  ({ variants }: Result): string => {
    const values = Object.values(variants).map(value);
    if (new Set(values).size === 1) return values[0]!;
    return values.join(values.some((text) => text.includes("\n")) ? "\n/\n" : " / ");
  };

const effect = (field: "charges" | "refunds" | "shipments") => each(({ sideEffects }) => known(sideEffects[field]));
const count = (field: keyof Counts) => each(({ counts }) => known(counts[field]));

/** How each variant stands to the first, in one sign. */
const signs = [
  { sign: "!", means: "something is wrong", holds: ({ findings }: Result, name: string) => isIn(findings, name) },
  { sign: "s", means: "took the sweeper", holds: ({ variants }: Result, name: string) => variants[name]!.sweeps > 0 },
  {
    sign: "d",
    means: "differs as declared",
    holds: ({ variants }: Result, name: string) => variants[name]!.declared > 0,
  },
  { sign: "=", means: "as the first", holds: () => true },
] as const;

const isIn = (findings: Result["findings"], name: string): boolean => findings.some(({ seen }) => name in seen);

const signsOf = (result: Result): string =>
  Object.keys(result.variants)
    .map((name) => signs.find(({ holds }) => holds(result, name))!.sign)
    .join("");

function legend(results: readonly Result[]): string {
  const names = Object.keys(results[0]?.variants ?? {}).join(", ");
  return `each: a sign for each of ${names}: ${signs.map(({ sign, means }) => `${sign} ${means}`).join(", ")}`;
}

const first = ({ variants, ...result }: Result): Result => ({
  ...result,
  variants: Object.fromEntries(Object.entries(variants).slice(0, 1)),
});

const columns: readonly Column[] = [
  { title: "scenario", isText: true, of: ({ name }) => name },
  { title: "orders", leave: 4, of: ({ orders }) => known(orders) },
  { title: "ends", isText: true, of: each(endsOf) },
  { title: "charged", leave: 1, of: effect("charges") },
  { title: "refunded", leave: 2, of: effect("refunds") },
  { title: "shipped", leave: 3, of: effect("shipments") },
  { title: "invocations", leave: 6, of: count("invocations") },
  { title: "events", leave: 7, of: count("events") },
  { title: "transitions", leave: 8, of: count("stateTransitions") },
  { title: "AWS calls", leave: 5, of: count("awsCalls") },
  { title: "swept", leave: 9, of: each(({ sweeps }) => known(sweeps)) },
  { title: "match", isText: true, of: ({ verdict }) => match[verdict] },
];

/** Of many variants: how orders end in the first, and a sign for each. */
const narrow: readonly Column[] = [
  ...columns.filter(({ title }) => ["scenario", "orders"].includes(title)),
  { title: "ends", isText: true, of: (result) => each(endsOf)(first(result)) },
  { title: "each", isText: true, of: signsOf },
  ...columns.filter(({ title }) => title === "match"),
];

/** Beyond these, counts stand beside one another no more. */
const mostBeside = 2;

export interface Shown {
  /** Columns of the terminal. */
  readonly width?: number;
  /** Counts, however many variants there are. */
  readonly wide?: boolean;
}

/** The table of a run, with as many columns as fit; of more than two variants, with a sign for each. */
export function renderTable(results: readonly Result[], { width = Infinity, wide = false }: Shown = {}): string {
  const isNarrow = !wide && Object.keys(results[0]?.variants ?? {}).length > mostBeside;
  if (isNarrow) return `${tableOf(narrow, results)}\n${legend(results)}; with --wide, counts`;
  let shown = columns.filter(({ title }) => title !== "swept" || isAnySwept(results));
  let hidden = 0;
  for (;;) {
    const text = tableOf(shown, results);
    const widest = Math.max(...text.split("\n").map(({ length }) => length));
    const last = shown.toSorted((a, b) => (b.leave ?? 0) - (a.leave ?? 0))[0]!;
    if (widest <= width || last.leave === undefined) return `${text}${hint(hidden, width)}`;
    hidden += 1;
    shown = shown.filter((column) => column !== last);
  }
}

function tableOf(shown: readonly Column[], results: readonly Result[]): string {
  const head = shown.map(({ title }) => title);
  const colAligns = shown.map(({ isText }) => (isText ? "left" : "right"));
  const table = new Table({ head, colAligns, style: { head: [], border: [], compact: true } });
  for (const result of results) table.push(shown.map(({ of }) => of(result)));
  return table.toString();
}

const isAnySwept = (results: readonly Result[]): boolean =>
  results.some(({ variants }) => Object.values(variants).some(({ sweeps }) => sweeps > 0));

function hint(hidden: number, width: number): string {
  return hidden === 0 ? "" : `\n${counted(hidden, "more column")} in a wider terminal than ${width}, or with --json`;
}

function endsOf({ ends }: Tally): string {
  return Object.entries(ends)
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([status, orders]) => (orders === 1 ? status : `${known(orders)} ${status}`))
    .join("\n");
}
