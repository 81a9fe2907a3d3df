import type { Happening } from "@ovsc/local";
import { stepNames } from "@ovsc/shared";
import type { StoryLine } from "@ovsc/shared/variant";
import { foldRepeats } from "./fold-repeats.ts";

/** A run as a person reads it: who began, what changed, what was said, and where something struck. */
export function storyOf(happenings: readonly Happening[]): StoryLine[] {
  const lines = happenings.flatMap((happening) => {
    const text = lineOf(happening);
    return text === undefined ? [] : [{ atMs: happening.atMs, text }];
  });
  return foldRepeats(lines);
}

function lineOf(happening: Happening): string | undefined {
  switch (happening.type) {
    case "InvocationStarted":
      return `${nameOf(happening)} begins${happening.attempt > 1 ? `, try ${happening.attempt}` : ""}`;
    case "InvocationEnded":
      return happening.error === undefined ? undefined : `${nameOf(happening)} fails: ${happening.error}`;
    case "Fault":
      return `FAULT ${happening.fault}: ${short(happening.where)}`;
    case "EventPublished":
      return `  ${happening.detailType} is said of ${happening.correlationId}`;
    case "ItemChanged":
      return `  ${itemIn(happening.newImage as Image)}`;
    case "AwsCall":
      return happening.error === undefined || happening.service !== "dynamodb"
        ? undefined
        : `  ${happening.operation}: ${happening.error}`;
    case "ExecutionEvent":
      if (happening.event.endsWith("StateEntered")) return `state ${happening.state}`;
      // What a function throws, its own end says; an error of Step Functions nothing else does.
      if (happening.error?.startsWith("States.")) return `  ${happening.event}: ${happening.error}`;
      return happening.event.startsWith("Execution") ? happening.event : undefined;
    case "DurableEvent":
      return `${happening.name ?? short(happening.functionName)}: ${happening.event}`;
    case "MessageSent":
      return `  a dead letter of ${happening.correlationId}`;
    case "Delivery":
    case "Log":
      return undefined;
  }
}

const nameOf = ({
  functionName,
  correlationId,
}: {
  functionName: string;
  correlationId?: string | undefined;
}): string => `${short(functionName)}(${correlationId})`;

/** A step's name instead of its function's. */
const short = (where: string): string => {
  const step = stepNames.find((each) => where.includes(each));
  return step ? where.replace(new RegExp(`[\\w-]*${step}[\\w-]*`), step) : where;
};

type Image = Readonly<Record<string, { readonly S?: string; readonly N?: string }>> | undefined;

function itemIn(image: Image): string {
  if (!image) return "an item is gone";
  const { pk, sk, status, state, available } = image;
  const [kind = "", id = ""] = (sk?.S === "ORDER" ? pk?.S : sk?.S === "STOCK" ? pk?.S : sk?.S)?.split("#") ?? [];
  const is = status?.S ?? state?.S ?? (available && `${available.N} on the shelf`) ?? "written";
  return `${kind.toLowerCase()} ${id}: ${is}`;
}
