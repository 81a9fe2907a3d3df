import { AwsError, UnknownFeature } from "../../errors.ts";
import type { BusEvent } from "../event.ts";
import { isoSeconds } from "../event.ts";
import { compileEventPath } from "./event-path.ts";

/** What a template may name beside its own variables. */
export interface RuleIdentity {
  readonly name: string;
  readonly arn: string;
}

export interface InputTransformer {
  readonly InputPathsMap?: Readonly<Record<string, string>> | undefined;
  readonly InputTemplate: string;
}

type Variable = (event: BusEvent, rule: RuleIdentity) => unknown;

interface Placeholder {
  readonly read: Variable;
  /** It stands inside a string of the template. */
  readonly isInString: boolean;
}

const predefined: Readonly<Record<string, Variable>> = {
  "aws.events.rule-arn": (_event, { arn }) => arn,
  "aws.events.rule-name": (_event, { name }) => name,
  "aws.events.event.ingestion-time": ({ receivedAtMs }) => isoSeconds(receivedAtMs),
  "aws.events.event.json": ({ envelope }) => envelope,
};

/**
 * Compiles an input transformer. A variable outside a string becomes JSON; inside a string it becomes its text, and an
 * object or list its JSON without quotes. A path that selects nothing gives the empty string.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 * @throws AwsError for a variable that is not defined; UnknownFeature
 */
export function compileTemplate(
  transformer: InputTransformer,
  targetId: string,
): (event: BusEvent, rule: RuleIdentity) => string {
  const { InputTemplate: template } = transformer;
  const isText = template.trimStart().startsWith('"');
  if (!isText && !template.trimStart().startsWith("{")) {
    throw new UnknownFeature("an InputTemplate that is neither an object nor a string", targetId);
  }
  if (isText && /\\|"\s*"/.test(template)) {
    throw new UnknownFeature("an InputTemplate string of several lines or with escapes", targetId);
  }
  const variables = readVariables(transformer.InputPathsMap ?? {}, targetId);
  const { texts, placeholders } = split(template, variables, targetId);
  return (event, rule) => {
    let rendered = texts[0]!;
    placeholders.forEach(({ read, isInString }, index) => {
      const value = read(event, rule) ?? "";
      rendered += (isInString ? plainText(value) : JSON.stringify(value)) + texts[index + 1]!;
    });
    return checked(rendered, targetId);
  };
}

function readVariables(paths: Readonly<Record<string, string>>, targetId: string): Map<string, Variable> {
  const variables = new Map<string, Variable>(Object.entries(predefined));
  for (const [name, path] of Object.entries(paths)) {
    if (/^aws\./i.test(name)) throw new UnknownFeature(`InputPathsMap with the reserved name ${name}`, targetId);
    const read = compileEventPath(path, `InputPathsMap.${name} of target ${targetId}`);
    variables.set(name, ({ envelope }) => read(envelope));
  }
  return variables;
}

function split(template: string, variables: Map<string, Variable>, targetId: string) {
  const texts: string[] = [];
  const placeholders: Placeholder[] = [];
  let isInString = false;
  for (const [index, part] of template.split(/<([^<>\s"]+)>/).entries()) {
    if (index % 2 === 0) {
      texts.push(part);
      for (const quote of part.matchAll(/\\.|"/g)) if (quote[0] === '"') isInString = !isInString;
      continue;
    }
    const read = variables.get(part);
    if (!read) throw missing(part, targetId);
    if (part === "aws.events.event.json" && isInString) throw new UnknownFeature(`<${part}> within a string`, targetId);
    placeholders.push({ read, isInString });
  }
  return { texts, placeholders };
}

function missing(name: string, targetId: string): Error {
  // The form in which AWS writes this variable (names and time differ from the event's) is not published.
  if (name === "aws.events.event") return new UnknownFeature(`<${name}>`, `InputTemplate of target ${targetId}`);
  return new AwsError(
    "ValidationException",
    `InputTemplate for target ${targetId} contains invalid placeholder ${name}.`,
  );
}

const plainText = (value: unknown): string =>
  typeof value === "string" ? value : JSON.stringify(value).replaceAll('"', "");

/** What AWS delivers when values make the result no JSON is not known. */
function checked(rendered: string, targetId: string): string {
  try {
    JSON.parse(rendered);
    return rendered;
  } catch {
    throw new UnknownFeature(`an InputTemplate that yields no JSON: ${rendered}`, `target ${targetId}`);
  }
}
