import type { Template } from "@ovsc/shared/variant";
import { applyPatch, type Operation } from "rfc6902";

/** A text that CloudFormation joins: pieces, and references between them. */
interface Join {
  readonly "Fn::Join": readonly [separator: "", parts: readonly unknown[]];
}

/** Stands for a reference while its definition is JSON: a character that nobody writes, before and after its number. */
const mark = "\uE000";

/** @throws Error naming the operation that does not apply: the template is another than the patch was written for */
export function patchTemplate(template: Template, operations: readonly Operation[]): Template {
  const references: unknown[] = [];
  const opened = mapDefinitions(template, (text) => openText(text as Join, references));
  for (const operation of operations) {
    const [error] = applyPatch(opened, [operation]);
    if (error) throw new Error(`cannot ${operation.op} ${operation.path}: ${error.message}`);
  }
  return mapDefinitions(opened, (definition) => closeText(definition, references));
}

/** A copy of the template with another definition for each of its state machines. */
function mapDefinitions(template: Template, change: (definition: unknown) => unknown): Template {
  const copy = structuredClone(template);
  for (const { Type, Properties } of Object.values(copy.Resources)) {
    if (Type !== "AWS::StepFunctions::StateMachine") continue;
    const machine = Properties as { DefinitionString: unknown };
    machine.DefinitionString = change(machine.DefinitionString);
  }
  return copy;
}

function openText({ "Fn::Join": [, parts] }: Join, references: unknown[]): unknown {
  const texts = parts.map((part) => (typeof part === "string" ? part : `${mark}${references.push(part) - 1}${mark}`));
  return JSON.parse(texts.join(""));
}

function closeText(definition: unknown, references: readonly unknown[]): Join {
  const parts = JSON.stringify(definition)
    .split(mark)
    .map((part, index) => (index % 2 === 0 ? part : references[Number(part)]));
  return { "Fn::Join": ["", parts] };
}
