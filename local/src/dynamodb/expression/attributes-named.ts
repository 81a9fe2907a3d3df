import type { ConditionNode, Operand } from "./condition.ts";
import type { Bindings, Path } from "./path.ts";
import { nameOf } from "./path.ts";

/** The top-level attributes a condition names. */
export function* attributesNamed(condition: ConditionNode, bindings: Bindings): Generator<string, void> {
  switch (condition.kind) {
    case "and":
    case "or":
      yield* attributesNamed(condition.left, bindings);
      yield* attributesNamed(condition.right, bindings);
      return;
    case "not":
      yield* attributesNamed(condition.of, bindings);
      return;
    case "compare":
    case "between":
    case "in":
    case "function":
      for (const operand of condition.operands) {
        const path = pathOf(operand);
        if (path) yield nameOf(path[0] as string, bindings);
      }
  }
}

function pathOf(operand: Operand): Path | undefined {
  if (operand.kind === "size") return pathOf(operand.of);
  return operand.kind === "path" ? operand.path : undefined;
}
