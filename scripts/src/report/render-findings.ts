import type { Finding } from "../judgement/judge.ts";
import type { Result } from "../judgement/results.ts";
import { counted } from "./words.ts";

/** How many findings of a result are printed; the rest is counted. */
const mostShown = 10;

/** The commands for the reader of findings. */
export interface NextCommands {
  /** Shows all of the result again. */
  readonly again: string;
  /** Shows one order in one variant, where a command can. */
  readonly order: (orderId: string, variant: string) => string | undefined;
}

/** What does not match, order by order: what each variant shows, what happened there, and commands to look closer. */
export function renderFindings({ name, findings, findingCount }: Result, next: NextCommands): string {
  const shown = findings.slice(0, mostShown);
  const rest = findingCount - shown.length;
  return [
    `${name}: ${counted(findingCount, "finding")}`,
    ...Map.groupBy(shown, ({ orderId }) => orderId)
      .entries()
      .flatMap(([orderId, about]) => renderOrderFindings(orderId, about, next)),
    ...(rest > 0 ? [`  … and ${rest.toLocaleString("en")} more in results.json`] : []),
    `  again: ${next.again}`,
  ].join("\n");
}

function renderOrderFindings(orderId: string | undefined, about: readonly Finding[], next: NextCommands): string[] {
  const { happened, seen } = about[0]!;
  // The variant by itself comes before what differs between variants, so it is the one that is wrong.
  const show = orderId === undefined ? undefined : next.order(orderId, Object.keys(seen)[0]!);
  return [
    `  ${orderId ?? "all orders together"}`,
    ...about.flatMap((finding) => [`    ${finding.what}`, ...sides(finding.seen, JSON.stringify)]),
    ...(happened ? ["    what happened", ...sides(happened, String)] : []),
    ...(show === undefined ? [] : [`    look: ${show}`]),
  ];
}

const sides = <Value>(by: Readonly<Record<string, Value>>, text: (value: Value) => string | undefined): string[] =>
  Object.entries(by).map(([variant, value]) => `      ${variant}: ${text(value) ?? "nothing"}`);
