import { add, type Count, nothing } from "./count.ts";
import { executes, type Shell } from "./execution.ts";
import type { Placing } from "./placings.ts";
import { document, documentAgain, settle } from "./takes.ts";

const shell: Shell = {
  functionArn: "arn:aws:lambda:eu-west-2:000000000000:function:ovsc-orchestration-Steps",
  tableName: "ovsc-orchestration-Orders01234567",
  saying: ({ reaches }) => (reaches?.isSettled ? [settle] : []),
};

/** Each placing is an execution of a Standard state machine. */
export function inOrchestration(placings: readonly Placing[]): Count {
  const count = nothing();
  for (const placing of placings) {
    count.placings += 1;
    add(count, [placing.isSecond ? documentAgain : document]);
    // An execution of that name and input runs already: it is the same.
    if (!placing.isSecond) executes(count, placing, shell);
  }
  return count;
}
