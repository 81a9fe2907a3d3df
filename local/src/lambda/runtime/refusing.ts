import { UnknownFeature } from "../../errors.ts";

/** Says that a handler used something the cloud does not know, and throws UnknownFeature. */
export type Refuse = (feature: string) => never;

/**
 * @param fail is told first, since a handler may catch what is thrown and go on as if the world had answered
 */
export const refuseWith =
  (fail: (refusal: UnknownFeature) => void): Refuse =>
  (feature) => {
    const refusal = new UnknownFeature(`${feature} inside a handler`, "the handler's code");
    fail(refusal);
    throw refusal;
  };

/**
 * A stand-in for a module or an object that a bundle may load but must not use: each of its functions, called
 * plainly or with `new`, is refused.
 */
export function refusing(
  refuse: Refuse,
  name: string,
  real: object,
  functions: readonly string[] = functionsOf(real),
): Record<string, unknown> {
  const stand: Record<string, unknown> = {};
  for (const key of functions) stand[key] = refusal(refuse, `${name}.${key}`);
  return stand;
}

export const refusal = (refuse: Refuse, feature: string) =>
  function refused(): never {
    return refuse(feature);
  };

const functionNames = new WeakMap<object, readonly string[]>();

/** The names of a module's functions, looked up once for the process. */
function functionsOf(module: object): readonly string[] {
  const known = functionNames.get(module);
  if (known) return known;
  const names = Object.keys(module).filter((key) => typeof module[key as keyof typeof module] === "function");
  functionNames.set(module, names);
  return names;
}
