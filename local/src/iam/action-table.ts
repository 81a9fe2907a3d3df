/** One action on one resource that a caller must be allowed for an operation to be carried out. */
export interface Requirement {
  /** Such as `dynamodb:PutItem`. */
  readonly action: string;
  /** An ARN, or `*` for an action that cannot be limited to a resource. */
  readonly resource: string;
  /**
   * The part of the input that it is about, which conditions may ask for: an entry, an item, a part of a
   * transaction.
   */
  readonly part?: unknown;
}

/**
 * What a request carries under a condition key of its service, in lower case; undefined where it carries none.
 * @throws UnknownFeature where AWS has a value and the cloud does not know it
 */
export type ConditionValues = (key: string, required: Requirement) => readonly string[] | undefined;

type Input = Readonly<Record<string, unknown>>;

/**
 * What an operation requires, by its input. An input that names no resource requires nothing: the service refuses
 * it.
 */
export type Requires = (input: Input, region: string) => readonly Requirement[];

/** Operations of a service by name. */
export type ActionTable = Readonly<Record<string, Requires>>;

/** A member of an input that is a string; what else stands there is left to the service to refuse. */
export const nameIn = (input: Input, member: string): string | undefined => {
  const value = input[member];
  return typeof value === "string" ? value : undefined;
};

/** The objects in a list. */
export const objectsIn = (value: unknown): readonly Input[] =>
  Array.isArray(value)
    ? value.filter((element): element is Input => typeof element === "object" && element !== null)
    : [];

/** An action that is always on all resources. */
export const onEverything = (action: string): Requires => {
  const requirement = [{ action, resource: "*" }];
  return () => requirement;
};

/** An action on the one resource that a member of the input names. */
export const onNamed =
  (action: string, member: string, resourceArn: (name: string, region: string) => string): Requires =>
  (input, region) => {
    const name = nameIn(input, member);
    return name === undefined ? [] : [{ action, resource: resourceArn(name, region), part: input }];
  };

/** The same for several operations whose action has the operation's name. */
export const eachOnNamed = (
  service: string,
  operations: readonly string[],
  member: string,
  resourceArn: (name: string, region: string) => string,
): ActionTable =>
  Object.fromEntries(operations.map((name) => [name, onNamed(`${service}:${name}`, member, resourceArn)]));
