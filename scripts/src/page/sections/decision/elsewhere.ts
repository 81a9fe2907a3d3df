import type { DecisionFile } from "../../../decision/decide.ts";
import { ordersTried } from "../../../decision/evidence.ts";
import { counted } from "../../../report/words.ts";
import type { Page } from "../../page.ts";

/** Where else on the page a driver's figure stands, and why it is another one there, or that it is the same. */
interface Elsewhere {
  readonly section: string;
  readonly why: (decided: DecisionFile, page: Page) => string;
}

/** The shortest of the outages of a dependency by which half are lost; there it is looked for in each profile. */
const ofOutages = ({ profile }: DecisionFile, { outages }: Page): string => {
  const there = outages.find((file) => file.profile === profile);
  const here = `${profile} profile, ${counted(ordersTried / 3, "order")} in it`;
  if (!there) return `${here}; there ${outages[0]?.profile ?? "by a run of its own"}`;
  return there.orders === ordersTried ? `${here}, as there` : `${here}; there ${counted(there.orders / 3, "order")}`;
};

/** By the id of the driver; those that are left out stand nowhere else. */
export const elsewhere: Readonly<Record<string, Elsewhere>> = {
  responsiveness: {
    section: "prices",
    why: ({ profile }, { latency }) =>
      [`the scenario happy, ${profile} profile`, ...(latency ? [`there ${latency.profile}`] : [])].join("; "),
  },
  "error-handling": { section: "outages", why: ofOutages },
  recoverability: { section: "outages", why: ofOutages },
  throughput: { section: "operating", why: ({ region }) => `of ${region}; there of other Regions too` },
  change: { section: "footprint", why: () => "the sum over all requests; there one by one" },
  coupling: {
    section: "holding",
    why: () => "what the ways of the flow are written in; there what some order's way is lost without, grants too",
  },
  observability: {
    section: "scoreboard",
    why: () => "one order, whose shipping was refused; there the most of any order of the run",
  },
  cost: {
    section: "prices",
    why: ({ brief, profile }, { cost }) =>
      `at ${counted(brief.ordersPerMonth, "order")} a month, ${profile} profile` +
      (cost ? `; there at ${cost.ordersPerMonth.toLocaleString("en")}, ${cost.profile}` : ""),
  },
};
