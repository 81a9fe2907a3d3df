import { readFileSync } from "node:fs";
import { stepNames } from "@ovsc/shared";
import { dependencies } from "@ovsc/shared/variant";
import * as z from "zod";
import { exit, Failure } from "../failure.ts";
import { kindNamed, kindNames } from "./kinds.ts";

const count = z.number().int().min(1).max(1_000);
const seconds = z.number().min(0).max(1_000_000);

const what = {
  kind: z.enum(kindNames),
  dependency: z.enum(dependencies),
  /** The orderId; any order if not given. */
  order: z.string().min(1).optional(),
  /** The function of this step; any function if not given. */
  step: z.enum(stepNames).optional(),
  /** For kinds that take a time: how slow, late or delayed. */
  seconds: seconds.optional(),
};

/** Strikes by tries: these tries of a step, counted from 1, at one call of the dependency or at each. */
const CountedFault = z.strictObject({
  ...what,
  attempts: z.union([z.literal("every"), z.array(count).min(1)]),
  /** The n-th call of the dependency within a try, from 1; each if not given. */
  call: count.optional(),
});

/** Strikes for a time: seconds since the first order was placed, `until` excluded. */
const LastingFault = z
  .strictObject({ ...what, from: seconds, until: seconds })
  .refine(({ from, until }) => from < until, { path: ["until"], message: "must be later than from" });

const Fault = z.union([CountedFault, LastingFault]).superRefine(({ kind, dependency, seconds: given }, context) => {
  const { strikes, seconds: usual } = kindNamed(kind);
  if (!strikes.includes(dependency)) {
    const message = `${kind} does not strike ${dependency}: it strikes ${strikes.join(", ")}`;
    context.addIssue({ code: "custom", path: ["dependency"], message });
  }
  if (given !== undefined && usual === undefined) {
    context.addIssue({ code: "custom", path: ["seconds"], message: `${kind} takes no time` });
  }
});
export type Fault = z.infer<typeof Fault>;

const FaultPlan = z.array(Fault).min(1);

/** Faults to provoke, together. */
export type FaultPlan = readonly Fault[];

/** @throws Failure for a file that cannot be read or holds no fault plan: what is wrong, and where */
export function readPlan(file: string): FaultPlan {
  const next = "pnpm matrix --plans, which prints one for each cell";
  const refuse = (why: string) => new Failure(`${file} is no fault plan: ${why}`, { exitCode: exit.usage, next });
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new Failure(`cannot read ${file}: ${(error as Error).message}`, { exitCode: exit.usage, next });
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw refuse((error as Error).message);
  }
  const plan = FaultPlan.safeParse(json);
  if (plan.success) return plan.data;
  throw refuse(plan.error.issues.map((issue) => inWords(issue, json)).join("; "));
}

/** A fault is counted or lasting: what is wrong with it is told of the one it looks like. */
function inWords(issue: z.core.$ZodIssue, json: unknown): string {
  const [index] = issue.path;
  if (issue.code !== "invalid_union" || typeof index !== "number") return at(issue.path, issue.message);
  const fault = (json as readonly unknown[])[index];
  const isLasting = typeof fault === "object" && fault !== null && ("from" in fault || "until" in fault);
  const issues = (isLasting ? LastingFault : CountedFault).safeParse(fault).error?.issues ?? [];
  return issues.map(({ path, message }) => at([index, ...path], message)).join("; ");
}

const at = (path: readonly PropertyKey[], message: string): string => `${path.join(".") || "(plan)"}: ${message}`;
