import { AwsError, UnknownFeature } from "../errors.ts";
import { refusalAt } from "./refused.ts";

/** A value that is known only once the resource it comes from exists. Whatever is computed from it is pending too. */
export const pending: unique symbol = Symbol("pending");

/** `AWS::NoValue`: the property, or the element of a list, is not there. */
export const noValue: unique symbol = Symbol("AWS::NoValue");

/** What names mean where an expression stands. A member may throw, or answer `pending`. */
export interface Scope {
  /** The value of `Ref`. */
  ref(name: string): unknown;
  /** The value of `Fn::GetAtt`. */
  attribute(logicalId: string, attribute: string): unknown;
  /** Whether a condition of the template holds. */
  condition(name: string): boolean;
  /** The value of `Fn::ImportValue`. */
  imported(exportName: string): unknown;
  /** The value of `Fn::FindInMap`. */
  mapped(mapName: string, topLevelKey: string, secondLevelKey: string): unknown;
  /** Takes note of what is wrong with an expression; its value counts as pending then. */
  refuse(refusal: Error): void;
}

/** Answers the arguments of one intrinsic function. */
type Intrinsic = (argument: unknown, scope: Scope, path: string) => unknown;

/**
 * The value of a template expression: literals as they are, every intrinsic function replaced by its result. A function
 * that is not in the table is refused by name.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
 * @param path where the expression stands in the template, for refusals
 */
export function resolve(value: unknown, scope: Scope, path: string): unknown {
  if (typeof value === "string") return literal(value, scope, path);
  if (Array.isArray(value)) {
    return value
      .map((element, index) => resolve(element, scope, `${path}[${index}]`))
      .filter((element) => element !== noValue);
  }
  if (typeof value !== "object" || value === null) return value;
  const members: [string, unknown][] = Object.entries(value);
  const call = members.find(([key]) => key === "Ref" || key.startsWith("Fn::"));
  return call ? evaluate(call, members.length, scope, path) : resolveMembers(members, scope, path);
}

function resolveMembers(members: readonly [string, unknown][], scope: Scope, path: string): Record<string, unknown> {
  const resolved = members.map(([key, member]) => [key, resolve(member, scope, `${path}.${key}`)] as const);
  // Not by assignment, which a key `__proto__` would turn into something else.
  return Object.fromEntries(resolved.filter(([, result]) => result !== noValue));
}

function evaluate([name, argument]: [string, unknown], keys: number, scope: Scope, path: string): unknown {
  try {
    if (keys > 1) throw invalid(`${name} stands beside other keys`);
    const intrinsic = Object.hasOwn(intrinsics, name) ? intrinsics[name] : undefined;
    if (!intrinsic) throw new UnknownFeature(`the intrinsic function ${name}`, path);
    return intrinsic(argument, scope, path);
  } catch (thrown) {
    scope.refuse(refusalAt(thrown, path));
    return pending;
  }
}

/** The functions a template may use, by the key that calls them. */
const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (argument, scope) => scope.ref(text(argument, "Ref")),

  "Fn::GetAtt": (argument, scope, path) => {
    const [logicalId, attribute] = typeof argument === "string" ? cut(argument) : list(argument, "Fn::GetAtt", 2);
    const name = resolve(attribute, scope, path);
    return name === pending ? pending : scope.attribute(text(logicalId, "Fn::GetAtt"), text(name, "Fn::GetAtt"));
  },

  "Fn::Join": (argument, scope, path) => {
    const [delimiter, parts] = list(argument, "Fn::Join", 2);
    const values = resolve(parts, scope, path);
    if (values === pending) return pending;
    const elements = list(values, "Fn::Join");
    if (elements.includes(pending)) return pending;
    return elements.map((element) => text(element, "Fn::Join")).join(text(delimiter, "Fn::Join"));
  },

  "Fn::Sub": (argument, scope, path) => {
    const [template, own] = typeof argument === "string" ? [argument, {}] : list(argument, "Fn::Sub", 2);
    const variables = resolveMembers(Object.entries(own ?? {}), scope, path);
    let incomplete = false;
    const result = text(template, "Fn::Sub").replace(/\$\{(!?)([^}]*)\}/g, (_match, escaped: string, name: string) => {
      if (escaped) return `\${${name}}`;
      const value = Object.hasOwn(variables, name) ? variables[name] : variable(name, scope);
      if (value === pending) incomplete = true;
      return value === pending ? "" : text(value, "Fn::Sub");
    });
    return incomplete ? pending : result;
  },

  "Fn::Select": (argument, scope, path) => {
    const [position, from] = list(argument, "Fn::Select", 2);
    const [index, values] = [resolve(position, scope, path), resolve(from, scope, path)];
    if (index === pending || values === pending) return pending;
    const elements = list(values, "Fn::Select");
    const selected = /^\d+$/.test(text(index, "Fn::Select")) ? elements[Number(index)] : undefined;
    if (selected === undefined)
      throw invalid(`Fn::Select cannot select nonexistent value at index ${text(index, "Fn::Select")}`);
    return selected;
  },

  "Fn::Split": (argument, scope, path) => {
    const [delimiter, source] = list(argument, "Fn::Split", 2);
    const value = resolve(source, scope, path);
    return value === pending ? pending : text(value, "Fn::Split").split(text(delimiter, "Fn::Split"));
  },

  "Fn::If": (argument, scope, path) => {
    const [condition, whenTrue, whenFalse] = list(argument, "Fn::If", 3);
    return resolve(scope.condition(text(condition, "Fn::If")) ? whenTrue : whenFalse, scope, path);
  },

  "Fn::FindInMap": (argument, scope, path) => {
    const keys = list(resolve(argument, scope, path), "Fn::FindInMap", 3);
    if (keys.includes(pending)) return pending;
    const [mapName, top, second] = keys.map((key) => text(key, "Fn::FindInMap"));
    return scope.mapped(mapName!, top!, second!);
  },

  "Fn::ImportValue": (argument, scope, path) => {
    const name = resolve(argument, scope, path);
    return name === pending ? pending : scope.imported(text(name, "Fn::ImportValue"));
  },

  "Fn::Base64": (argument, scope, path) => {
    const value = resolve(argument, scope, path);
    return value === pending ? pending : Buffer.from(text(value, "Fn::Base64"), "utf8").toString("base64");
  },
};

/** An error of the template itself, in CloudFormation's words. */
export const invalid = (message: string): AwsError => new AwsError("ValidationError", `Template error: ${message}`);

/** A string value; numbers and booleans are written as CloudFormation writes them. */
export function text(value: unknown, where: string): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw invalid(`${where} takes a string, not ${value === noValue ? "AWS::NoValue" : JSON.stringify(value)}`);
}

/** The elements of a list, of the given length where a function takes that many arguments. */
export function list(value: unknown, where: string, length?: number): unknown[] {
  if (!Array.isArray(value) || (length !== undefined && value.length !== length)) {
    throw invalid(`${where} takes a list${length === undefined ? "" : ` of ${length}`}, not ${JSON.stringify(value)}`);
  }
  return value;
}

/** `Table.Arn` as logical id and attribute; an attribute may have dots of its own. */
function cut(name: string): [string, string] {
  const dot = name.indexOf(".");
  if (dot < 0) throw invalid(`${name} is not of the form logicalId.attribute`);
  return [name.slice(0, dot), name.slice(dot + 1)];
}

/** A `${name}` of Fn::Sub: a Ref, or an attribute where it has a dot. */
const variable = (name: string, scope: Scope): unknown =>
  name.includes(".") ? scope.attribute(...cut(name)) : scope.ref(name);

/** A dynamic reference is resolved by another service when the stack is deployed, which nothing here can stand for. */
function literal(value: string, scope: Scope, path: string): unknown {
  const dynamic = /\{\{resolve:([^:}]*)/.exec(value);
  if (!dynamic) return value;
  scope.refuse(new UnknownFeature(`the dynamic reference {{resolve:${dynamic[1]}:…}}`, path));
  return pending;
}
