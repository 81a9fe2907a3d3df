import { hasType, isLeftToService, type Looking, memberPath, patternOf, sizeOf } from "./fits.ts";
import type { Shape } from "./model.ts";

/** One thing that is wrong with an input; `path` is as AWS shows it, such as `entries.1.member.source`. */
export type Violation =
  /** A value whose JSON type is not the member's. */
  | { readonly kind: "type"; readonly path: string; readonly value: unknown; readonly expected: Shape["type"] }
  /** A member that AWS does not have or the cloud does not carry out. */
  | { readonly kind: "unknown"; readonly path: string; readonly member: string }
  /** `constraint` as AWS says it: `Member must …`; `member` is its name. */
  | { readonly kind: "constraint"; readonly path: string; readonly value: unknown; readonly constraint: string };

/** Everything that is wrong with an input, in the order of its members. The slow way, for inputs that do not fit. */
export function violations(looking: Looking, shapeName: string, input: unknown): Violation[] {
  const found: Violation[] = [];
  visit({ looking, found }, shapeName, input, { taken: "", shown: "" });
  return found;
}

interface Visit {
  readonly looking: Looking;
  readonly found: Violation[];
}

/** Where a value stands: for `takes`, and as AWS shows it. */
interface Paths {
  readonly taken: string;
  readonly shown: string;
}

function visit(visiting: Visit, shapeName: string, value: unknown, { taken, shown }: Paths): void {
  if (isLeftToService(shapeName)) return;
  const { looking, found } = visiting;
  const shape = looking.model.shapes[shapeName]!;
  if (!hasType(shape.type, value)) {
    found.push({ kind: "type", path: shown, value, expected: shape.type });
    return;
  }
  if (!looking.typesOnly) {
    for (const constraint of brokenConstraints(shape, shape.part ? shape.part(value) : value)) {
      found.push({ kind: "constraint", path: shown, value, constraint });
    }
  }
  if (shape.type === "structure") return visitMembers(visiting, shape, value as Members, { taken, shown });
  const elements = shape.type === "list" ? (value as readonly unknown[]).entries() : [];
  for (const [index, member] of elements) {
    visit(visiting, shape.member!, member, { taken, shown: `${shown}.${index + 1}.member` });
  }
  for (const [key, member] of shape.type === "map" ? Object.entries(value as Members) : []) {
    visit(visiting, shape.key!, key, { taken, shown: `${shown}.${key}.key` });
    visit(visiting, shape.value!, member, { taken, shown: `${shown}.${key}.member` });
  }
}

type Members = Readonly<Record<string, unknown>>;

function visitMembers(visiting: Visit, { members = {}, required = [] }: Shape, value: Members, paths: Paths): void {
  const { looking, found } = visiting;
  const pathOf = (member: string) => memberPath(paths.shown, member.charAt(0).toLowerCase() + member.slice(1));
  for (const member of looking.typesOnly ? [] : required) {
    if (value[member] !== undefined) continue;
    found.push({ kind: "constraint", path: pathOf(member), value: null, constraint: "Member must not be null" });
  }
  for (const member of Object.keys(value)) {
    if (value[member] === undefined) continue;
    const taken = memberPath(paths.taken, member);
    if (!Object.hasOwn(members, member) || !looking.takes(taken)) {
      found.push({ kind: "unknown", path: pathOf(member), member });
    } else visit(visiting, members[member]!, value[member], { taken, shown: pathOf(member) });
  }
}

function brokenConstraints({ type, enum: values, pattern, min, max }: Shape, value: unknown): string[] {
  const broken: string[] = [];
  const size = sizeOf(value);
  const what = typeof value === "number" && type !== "timestamp" ? "value" : "length";
  if (values && !values.includes(value as string)) {
    broken.push(`Member must satisfy enum value set: [${values.join(", ")}]`);
  }
  if (min !== undefined && size < min) broken.push(`Member must have ${what} greater than or equal to ${min}`);
  if (max !== undefined && size > max) broken.push(`Member must have ${what} less than or equal to ${max}`);
  // A pattern is not tried on what is too long for it.
  else if (pattern !== undefined && !patternOf(pattern)(value as string)) {
    broken.push(`Member must satisfy regular expression pattern: ${pattern}`);
  }
  return broken;
}
