import { compileJsonata, expectType } from "../data/jsonata-expression.ts";
import { compilePath } from "../data/path-expression.ts";
import type { Thread } from "../execution/thread.ts";
import { RuntimeFault, StateFailure } from "../failure.ts";
import { compileFlow } from "./data-flow.ts";
import type { Fields, Language } from "./fields.ts";
import type { StateContext } from "./state-context.ts";
import type { State } from "./state.ts";

export const succeedFields = { JSONPath: ["InputPath", "OutputPath"], JSONata: ["Output"] } as const;
export const failFields = {
  JSONPath: ["Error", "ErrorPath", "Cause", "CausePath"],
  JSONata: ["Error", "Cause"],
} as const;

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-succeed.html */
export function compileSucceed(fields: Fields, { name, language }: StateContext): State {
  const flow = compileFlow(fields, language, { result: undefined });
  const end = { target: undefined };
  return {
    name,
    type: "Succeed",
    recovery: undefined,
    run: (thread) => flow.leave(thread, flow.arguments(thread), end),
  };
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-fail.html */
export function compileFail(fields: Fields, { name, language }: StateContext): State {
  const error = compileText(fields, "Error", language);
  const cause = compileText(fields, "Cause", language);
  return {
    name,
    type: "Fail",
    recovery: undefined,
    run: (thread) =>
      thread.follow(error(thread), (errorText) => {
        thread.follow(cause(thread), (causeText) => {
          thread.fail(new StateFailure(errorText as string | undefined, causeText as string | undefined));
        });
      }),
  };
}

/** `Error` or `Cause`, as text, by a path, or by a JSONata expression. */
function compileText(fields: Fields, field: "Error" | "Cause", language: Language): (thread: Thread) => unknown {
  const text = fields.text(field);
  if (language === "JSONata" && text !== undefined) {
    const evaluate = compileJsonata(text, field, fields.at(field));
    return (thread) => {
      const value = evaluate({ input: thread.input }, thread);
      if (!(value instanceof Promise)) return value;
      return value.then((found) => {
        expectType(found, "string", text, field);
        return found as string;
      });
    };
  }
  const pathField = `${field}Path`;
  if (!fields.has(pathField)) return () => text;
  if (text !== undefined) throw fields.invalid(`Only one of '${field}' and '${pathField}' is allowed`, pathField);
  const path = compilePath(fields.requiredText(pathField), fields.at(pathField));
  return (thread) => {
    const value = path.sample(thread.input, thread, pathField);
    if (typeof value === "string") return value;
    throw new RuntimeFault(
      `The ${pathField} field refers to value "${JSON.stringify(value)}" which is not a string: ${path.text}`,
    );
  };
}
