import fc from "fast-check";

type Path = readonly (string | number)[];

/** Every place in a value, the value itself first. */
function paths(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const inner = Array.isArray(value)
    ? value.flatMap((element, index) => paths(element, [...path, index]))
    : Object.entries(value).flatMap(([name, member]) => paths(member, [...path, name]));
  return [path, ...inner];
}

const at = (value: unknown, path: Path): unknown =>
  path.reduce((found, step) => (found as Record<string | number, unknown>)[step], value);

/** A copy with another value at a place; undefined takes the member away. */
function replaced(value: unknown, [step, ...rest]: Path, change: unknown): unknown {
  if (step === undefined) return change;
  if (Array.isArray(value))
    return value.map((element, index) => (index === step ? replaced(element, rest, change) : element));
  const entries = Object.entries(value as object).map(([name, member]) =>
    name === step ? ([name, replaced(member, rest, change)] as const) : ([name, member] as const),
  );
  return Object.fromEntries(entries.filter(([, member]) => member !== undefined));
}

/** What is wrong in ways that programs write. */
const strange: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown[]>(
    undefined,
    null,
    "",
    " ",
    0,
    -1,
    1.5,
    1e300,
    true,
    [],
    {},
    [null],
    [[]],
    "__proto__",
    "${a}",
  ),
  fc.constantFrom<unknown[]>(
    "*".repeat(300),
    "[".repeat(2_000),
    "x".repeat(3_000),
    "\ud800",
    "\u0000",
    "9".repeat(400),
  ),
  fc.constantFrom<unknown[]>(
    JSON.parse('{"__proto__": 1, "constructor": {}}'),
    { a: { b: { c: [] } } },
    "arn:aws:",
    "a:b",
  ),
  fc.jsonValue({ maxDepth: 2 }),
);

/** A text a little other than it was: what parsers of patterns, paths and expressions meet. */
const edited = (text: string): fc.Arbitrary<string> =>
  fc
    .tuple(fc.nat(text.length), fc.nat(3), fc.constantFrom("", "*", '"', "{", "[", "\\", "$", ":", "a", "0", " ", "é"))
    .map(([start, length, insert]) => text.slice(0, start) + insert + text.slice(start + length));

/** A value like the one that stood there, so that many mutants are looked at beyond their shape. */
const alike = (value: unknown): fc.Arbitrary<unknown> => {
  if (typeof value === "string") return fc.oneof(edited(value), edited(value), fc.constantFrom(value + value, value));
  if (typeof value === "number")
    return fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer(), fc.constantFrom(-1, 0.5, 1e300, -1e18));
  if (typeof value === "boolean") return fc.boolean();
  if (Array.isArray(value)) return fc.constantFrom([...value, ...value], value.slice(1), [...value, value[0]]);
  return fc.constantFrom({ ...(value as object), x: 1 }, value);
};

/** A value with one change anywhere in it. */
function changedOnce(value: unknown): fc.Arbitrary<unknown> {
  const change = (path: Path) =>
    fc
      .oneof({ weight: 2, arbitrary: alike(at(value, path)) }, { weight: 1, arbitrary: strange })
      .map((changed) => (path.length === 0 && !isInput(changed) ? value : replaced(value, path, changed)));
  return fc.constantFrom(...paths(value)).chain(change);
}

/** Inputs with one to three changes anywhere in them. */
export const mutantsOf = (valid: object): fc.Arbitrary<unknown> =>
  fc.oneof(
    changedOnce(valid),
    changedOnce(valid).chain(changedOnce),
    changedOnce(valid).chain(changedOnce).chain(changedOnce),
  );

/** The wire hands a service nothing but JSON objects. */
const isInput = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);
