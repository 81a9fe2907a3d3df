import { compileFlow } from "./data-flow.ts";
import type { Fields } from "./fields.ts";
import type { StateContext } from "./state-context.ts";
import type { State } from "./state.ts";

export const passFields = {
  JSONPath: ["Next", "End", "Assign", "InputPath", "Parameters", "Result", "ResultPath", "OutputPath"],
  JSONata: ["Next", "End", "Assign", "Output"],
} as const;

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-pass.html */
export function compilePass(fields: Fields, { name, language, next }: StateContext): State {
  const flow = compileFlow(fields, language, { result: undefined });
  const link = next();
  const result = fields.get("Result");
  return {
    name,
    type: "Pass",
    recovery: undefined,
    run:
      result === undefined
        ? (thread) => flow.leave(thread, flow.arguments(thread), link)
        : (thread) => flow.leave(thread, result, link),
  };
}
