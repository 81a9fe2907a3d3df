import { approvalScenarios } from "@ovsc/scripts/lived";
import type { Check, Claim, LabStory, Seen } from "../../src/check/check.ts";
import { judged } from "../../src/check/claims.ts";

/** Which task is about which approval. */
const taskOf: Readonly<Record<string, string>> = {
  approved: "granted",
  "restarted-approver": "granted",
  denied: "denied",
  "two-answers": "denied",
  "no-answer": "deadline",
  "late-answer": "deadline",
};

const stories = Object.keys(taskOf).map((approval): LabStory => ({ scenario: "happy", approval }));

const scenarioOf = ({ story }: Seen) => approvalScenarios.find(({ name }) => name === story.approval)!;
const rowOf = ({ outcome }: Seen) => outcome.evidence[0]?.row;

const ends = (task: string): Claim => ({
  task,
  broken(seen) {
    if (taskOf[seen.story.approval!] !== task) return undefined;
    const what = judged(task).broken(seen);
    return what && `with a limit of 50.00, an order that ${scenarioOf(seen).title}: ${what}`;
  },
});

/** Who decided stands on the row, and the first decision counts. */
const signed = (task: string): Claim => ({
  task,
  broken(seen) {
    if (taskOf[seen.story.approval!] !== task) return undefined;
    const { decidedBy } = scenarioOf(seen);
    const by = rowOf(seen)?.approval?.by;
    return by === decidedBy ? undefined : `the row says that ${by ?? "nobody"} decided, and it was ${decidedBy}`;
  },
});

const isDenied = ({ story }: Seen): boolean => taskOf[story.approval!] !== "granted";

export const check: Check = {
  stories,
  claims: ["granted", "denied", "deadline"].flatMap((task) => [ends(task), signed(task)]),
  truths: {
    two: () => "the row, in both: the first conditional write counts, and the other finds that it came second",
    nobody: () =>
      "choreography: a schedule that looks at what waits too long; orchestration: the timeout of the state that waits",
  },
  misconceptions: [
    {
      name: "waits-for-ever",
      hint:
        "A virtual day has passed, and the order still waits with its units held. Somebody needs a clock: in one " +
        "style the one who waits has one, in the other nobody waits, so somebody must look.",
      shows: (seen) => rowOf(seen)?.status === "AWAITING_APPROVAL",
    },
    {
      name: "message-decides",
      hint:
        "The approval was taken for the charge: the next step found an order that nobody had charged. An approval " +
        "says that it is time to look at the row, and no more.",
      shows: (seen) => !isDenied(seen) && rowOf(seen)?.status === "RESERVED",
    },
    {
      name: "denial-unheard",
      hint: "No was said, and the row has it. Nobody went on: a no has to wake somebody too, as any refusal does.",
      shows: (seen) => isDenied(seen) && rowOf(seen)?.status === "APPROVAL_DENIED",
    },
  ],
  tells(seen) {
    const { status, approval } = rowOf(seen) ?? {};
    return `${seen.variant}, ${seen.story.approval}: ${status}, ${approval?.decision} by ${approval?.by}`;
  },
};
