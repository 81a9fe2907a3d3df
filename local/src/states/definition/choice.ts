import type { Thread } from "../execution/thread.ts";
import { RuntimeFault } from "../failure.ts";
import { compileRule } from "./choice-rule.ts";
import type { ChoiceRule } from "./choice-rule.ts";
import { compileFlow } from "./data-flow.ts";
import type { Flow } from "./data-flow.ts";
import type { Fields } from "./fields.ts";
import type { StateContext } from "./state-context.ts";
import type { Link, State } from "./state.ts";

export const choiceFields = {
  JSONPath: ["Choices", "Default", "Assign", "InputPath", "OutputPath"],
  JSONata: ["Choices", "Default", "Assign", "Output"],
} as const;

interface Choice {
  readonly rule: ChoiceRule;
  readonly flow: Flow;
  readonly next: Link;
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html */
export function compileChoice(fields: Fields, { name, language, link }: StateContext): State {
  const flow = compileFlow(fields, language, { result: undefined });
  const rules = fields.list("Choices");
  if (rules.length === 0) throw fields.invalid("The field 'Choices' must not be empty", "Choices");
  const choices = rules.map((rule): Choice => ({
    rule: compileRule(rule, language, true),
    // In JSONPath the paths are the state's, and only Assign is a rule's own.
    flow: compileFlow(language === "JSONata" ? rule : fields.with("Assign", rule.get("Assign")), language, {
      result: undefined,
    }),
    next: link(rule.requiredText("Next")),
  }));
  const fallback = fields.text("Default");
  const otherwise = fallback === undefined ? undefined : link(fallback);

  const decide = (thread: Thread, input: unknown, from: number): void => {
    for (let at = from; at < choices.length; at += 1) {
      const { rule, flow: ruleFlow, next } = choices[at]!;
      const verdict = rule(input, thread);
      if (verdict instanceof Promise) {
        thread.follow(verdict, (matched) => {
          if (matched === true) ruleFlow.leave(thread, input, next);
          else decide(thread, input, at + 1);
        });
        return;
      }
      if (verdict) return ruleFlow.leave(thread, input, next);
    }
    if (otherwise) return flow.leave(thread, input, otherwise);
    throw new RuntimeFault(
      "Failed to transition out of the state. The state does not point to a next state.",
      "States.NoChoiceMatched",
    );
  };
  return { name, type: "Choice", recovery: undefined, run: (thread) => decide(thread, flow.arguments(thread), 0) };
}
