import { invalid } from "../failures.ts";
import { deepestLevel, nestedTooDeep } from "../item/admit.ts";
import type { AttributeValue, Item, SetType } from "../item/attribute-value.ts";
import { attributeOf, setAttribute, setMembers, typeOf } from "../item/attribute-value.ts";
import { addNumbers, subtractNumbers } from "../item/decimal.ts";
import { levelsOf } from "../item/levels.ts";
import type { Bindings, Path } from "./path.ts";
import { resolvePath, valueAt } from "./path.ts";
import type { SetValue, UpdateAction } from "./update.ts";

const wrongType = () => invalid("An operand in the update expression has an incorrect data type");

/**
 * The item after the update; `item` itself stays as it is. Every right side reads the item as it was before.
 * @throws AwsError ValidationException where the item's attributes do not fit the update
 */
export function applyUpdate(actions: readonly UpdateAction[], item: Item, bindings: Bindings): Item {
  const draft = new Draft(item);
  for (const action of actions) {
    const path = resolvePath(action.path, bindings);
    switch (action.kind) {
      case "SET":
        draft.set(path, setValue(action.value, item, bindings));
        break;
      case "REMOVE":
        draft.remove(path);
        break;
      case "ADD":
        draft.set(path, added(valueAt(action.path, item, bindings), bindings.values[action.value]!));
        break;
      case "DELETE": {
        const left = remaining(valueAt(action.path, item, bindings), bindings.values[action.value]!);
        if (left) draft.set(path, left);
        else draft.remove(path);
        break;
      }
    }
  }
  return draft.finish();
}

function setValue(value: SetValue, item: Item, bindings: Bindings): AttributeValue {
  switch (value.kind) {
    case "value":
      return bindings.values[value.name]!;
    case "path": {
      const found = valueAt(value.path, item, bindings);
      if (found) return found;
      throw invalid("The provided expression refers to an attribute that does not exist in the item");
    }
    case "if_not_exists":
      return valueAt(value.path, item, bindings) ?? setValue(value.otherwise, item, bindings);
    case "list_append": {
      const [front, back] = value.operands.map((operand) => setValue(operand, item, bindings));
      if (!front || !back || !("L" in front) || !("L" in back)) throw wrongType();
      return { L: [...front.L, ...back.L] };
    }
    case "+":
    case "-": {
      const [left, right] = value.operands.map((operand) => setValue(operand, item, bindings));
      if (!left || !right || !("N" in left) || !("N" in right)) throw wrongType();
      return { N: value.kind === "+" ? addNumbers(left.N, right.N) : subtractNumbers(left.N, right.N) };
    }
  }
}

function added(existing: AttributeValue | undefined, value: AttributeValue): AttributeValue {
  if (!existing) return value;
  if ("N" in value && "N" in existing) return { N: addNumbers(existing.N, value.N) };
  const [members, more] = sameSets(existing, value);
  return setOf(value, [...new Set([...members, ...more])]);
}

/** What DELETE leaves of a set; nothing when it was empty or becomes so. */
function remaining(existing: AttributeValue | undefined, value: AttributeValue): AttributeValue | undefined {
  if (!existing) return undefined;
  const [members, fewer] = sameSets(existing, value);
  const gone = new Set(fewer);
  const left = members.filter((member) => !gone.has(member));
  return left.length > 0 ? setOf(value, left) : undefined;
}

function sameSets(existing: AttributeValue, value: AttributeValue): [readonly string[], readonly string[]] {
  const [left, right] = [setMembers(existing), setMembers(value)];
  if (!left || !right || typeOf(existing) !== typeOf(value)) throw wrongType();
  return [left, right];
}

const setOf = (like: AttributeValue, members: readonly string[]): AttributeValue =>
  ({ [typeOf(like) as SetType]: members }) as AttributeValue;

type Attributes = Record<string, AttributeValue>;
type Elements = (AttributeValue | undefined)[];

/** An item in the making: whatever lies on the path of a change is copied once, the rest stays shared. */
class Draft {
  readonly #attributes: Attributes;
  readonly #copies = new Set<Attributes | Elements>();
  /** What is put beyond the end of a list, by the index the expression gives it. */
  readonly #appended = new Map<Elements, Map<number, AttributeValue>>();
  /** Lists with gaps, closed at the end so that every index of the expression means the list as it was. */
  readonly #gaps = new Set<Elements>();
  #isSlow = false;

  constructor(item: Item) {
    this.#attributes = { ...item };
  }

  /** @throws AwsError ValidationException for a value that would lie too deep */
  set(path: Path, value: AttributeValue): void {
    const last = path.at(-1)!;
    const parent = this.#parent(path);
    if (path.length - 1 + levelsOf(value) > deepestLevel) throw nestedTooDeep();
    if (typeof last === "string") setAttribute(parent as Attributes, last, value);
    else if (last < (parent as Elements).length) (parent as Elements)[last] = value;
    else {
      const appended = this.#appended.get(parent as Elements) ?? new Map<number, AttributeValue>();
      this.#appended.set(parent as Elements, appended.set(last, value));
    }
  }

  remove(path: Path): void {
    const last = path.at(-1)!;
    const parent = this.#parent(path);
    if (typeof last === "string") {
      delete (parent as Attributes)[last];
      this.#isSlow = true;
    } else if (last < (parent as Elements).length) {
      (parent as Elements)[last] = undefined;
      this.#gaps.add(parent as Elements);
    }
  }

  finish(): Item {
    for (const [list, appended] of this.#appended) {
      for (const [, value] of [...appended].toSorted(([a], [b]) => a - b)) list.push(value);
    }
    for (const list of this.#gaps) {
      const closed = list.filter((element) => element !== undefined);
      list.length = 0;
      for (const element of closed) list.push(element);
    }
    // V8 keeps an object that lost a member as a hash table: four times the memory, and slow to read.
    return this.#isSlow ? { ...this.#attributes } : this.#attributes;
  }

  /** The map or list the path's last step is taken in, copied with everything above it. */
  #parent(path: Path): Attributes | Elements {
    let parent: Attributes | Elements = this.#attributes;
    for (let index = 0; index < path.length - 1; index += 1) {
      const step = path[index]!;
      const child = typeof step === "number" ? (parent as Elements)[step] : attributeOf(parent as Attributes, step);
      const content = child && contentOf(child, path[index + 1]!);
      if (!content) throw invalid("The document path provided in the update expression is invalid for update");
      parent = this.#own(parent, step, content);
    }
    return parent;
  }

  #own(parent: Attributes | Elements, step: string | number, content: Attributes | Elements): Attributes | Elements {
    if (this.#copies.has(content)) return content;
    const copy = Array.isArray(content) ? [...content] : { ...content };
    this.#copies.add(copy);
    const value = (Array.isArray(copy) ? { L: copy } : { M: copy }) as AttributeValue;
    if (typeof step === "number") (parent as Elements)[step] = value;
    else setAttribute(parent as Attributes, step, value);
    return copy;
  }
}

/** What the next step is taken in: the elements of a list for an index, the attributes of a map for a name. */
function contentOf(value: AttributeValue, step: string | number): Attributes | Elements | undefined {
  if (typeof step === "number") return "L" in value ? (value.L as Elements) : undefined;
  return "M" in value ? value.M : undefined;
}
