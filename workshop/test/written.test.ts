import { expect, test } from "vitest";
import { labNamed } from "../src/lab/labs.ts";
import { faultsIn, type Written, writtenOf } from "../src/lab/written.ts";

/** A lab in which nothing is wrong, until a line of it is spoiled. */
const whole = await writtenOf(labNamed("4"));

/** Its solution with more in it. */
const more = (files: Readonly<Record<string, string>>): Pick<Written, "solution"> => {
  const own = (file: string): string => whole.solution.get(file) ?? "";
  const added = Object.entries(files).map(([file, text]) => [file, own(file) + text] as const);
  return { solution: new Map([...whole.solution, ...added]) };
};
const [stack, task] = ["choreography/src/stack.ts", "orchestration/src/task.ts"] as const;
const lines = (count: number): string => "// One more.\n".repeat(count);
const edited = (...files: string[]): Pick<Written, "edits"> => ({ edits: [...whole.edits, ...files] });
const without = (file: "text" | "hints" | "instructor", part: string | RegExp, instead = ""): Partial<Written> => {
  const spoiled = whole[file].replace(part, instead);
  expect(spoiled).not.toBe(whole[file]);
  return { [file]: spoiled };
};

const other = ["a", "b", "c"].map((name) => `choreography/src/${name}.ts`);

const spoiled: readonly [rule: string, spoil: () => Partial<Written>, fault: string][] = [
  [
    "minutes that do not add up",
    () => without("text", "## Run (3 min)", "## Run (4 min)"),
    "04-retries/README.md: its parts take 26 minutes, and lab.json 25",
  ],
  [
    "a part that is not in its place",
    () => without("text", "## Investigate (5", "## Look (5"),
    "04-retries/README.md: Investigate is not part 3",
  ],
  [
    "an end that does not say what it is not about",
    () => without("text", "## Not about", "## More"),
    "04-retries/README.md: does not end with what it is not about",
  ],
  [
    "a task without hints",
    () => without("hints", "## storm", "## gale"),
    "04-retries/hints.md: is about refusal, patience, gale, and the tasks are refusal, patience, storm",
  ],
  [
    "a hint too few",
    () => without("hints", /\n3\. Take out the retrier[^]*$/),
    "04-retries/hints.md: storm has 2 hints instead of 3",
  ],
  [
    "an empty hint",
    () => without("hints", /^1\. The customer's bank.*$/m, "1. "),
    "04-retries/hints.md: hint 1 of refusal is empty, or nearly",
  ],
  [
    "a change of 31 lines on one side",
    () => more({ [stack]: lines(26) }),
    "04-retries: its change is 31 lines in choreography, and 30 are the most",
  ],
  [
    "a change in a fourth file of one side",
    () => ({ ...more(Object.fromEntries(other.map((file) => [file, lines(1)]))), ...edited(...other) }),
    "04-retries: its change is in 4 files of choreography, and 3 are the most",
  ],
  [
    "a file that it does not say it edits",
    () => ({ edits: [task] }),
    `04-retries/lab.json: edits ${task}, and its change is in ${stack}, ${task}`,
  ],
  [
    "a wrong answer without a hint",
    () => ({ told: whole.told.slice(1) }),
    `04-retries/check.ts: has no hint for wrong/${whole.told[0]}`,
  ],
  [
    "a hint without its wrong answer",
    () => ({ wrong: whole.wrong.filter((name) => name !== "all-retried") }),
    "04-retries: wrong/all-retried.patch is not there",
  ],
  [
    "a wrong answer that no instructor hears of",
    () => without("instructor", "all-retried"),
    "04-retries/instructor.md: does not tell of all-retried",
  ],
  [
    "a claim for no task",
    () => ({ claimed: [...whole.claimed, "speed"] }),
    "04-retries/check.ts: claims something for speed, which is no task of lab.json",
  ],
  [
    "a prediction of which nothing becomes",
    () => ({ truths: ["declined"] }),
    "04-retries/check.ts: does not say what became of the prediction payer",
  ],
  [
    "a command that there is not",
    () => without("text", "pnpm lab run outage payment-gateway", "pnpm lab run outrage payment-gateway"),
    "04-retries/README.md: there is no command pnpm lab run outrage payment-gateway --orders 6",
  ],
  [
    "a minute mark after the end",
    () => without("instructor", /^\| 0 \|/m, "| 30 |"),
    "04-retries/instructor.md: has minute marks that do not go up to 25 at the most",
  ],
  [
    "one question to ask aloud",
    () => without("instructor", /^2\. .*$/m),
    "04-retries/instructor.md: has not two questions to ask aloud",
  ],
  [
    "nothing to skip",
    () => without("instructor", "**If late, skip**"),
    "04-retries/instructor.md: does not say what to skip",
  ],
  [
    "a snippet that the code no longer has",
    () => without("hints", "maxAttempts: 0 });`", "maxAttempts: 1 });`"),
    "04-retries/hints.md: nothing has state.addRetry({ errors: [...refusalNames, ...refuses], maxAttempts: 1 });",
  ],
  [
    "a name that nothing has",
    () => without("hints", "`backoffRate`", "`backOffRate`"),
    "04-retries/hints.md: nothing has backOffRate",
  ],
  [
    "another count than the check prints",
    () => without("instructor", "`passed`", "`passed in 500 stories, choreography and orchestration`"),
    "04-retries/instructor.md: nothing has passed in 500 stories, choreography and orchestration",
  ],
  [
    "an answer to a question that is not asked",
    () => without("text", "`pnpm lab predict payer …`", "`pnpm lab predict player …`"),
    "04-retries/README.md: nothing has pnpm lab predict player …",
  ],
];

test("a lab as it is has nothing wrong", () => {
  expect(faultsIn(whole)).toEqual([]);
});

test.each(spoiled)("a lab with %s is found out, and it is said where", (_rule, spoil, fault) => {
  expect(faultsIn({ ...whole, ...spoil() })).toEqual([fault]);
});
