import { UnknownFeature } from "../errors.ts";
import type { Caller } from "../service.ts";
import { compileFits, type Fits, type Looking } from "./fits.ts";
import { corrected, modelOf, type Shape } from "./model.ts";
import { present } from "./present.ts";
import { violations, type Violation } from "./violations.ts";
import { plainWords, type Words } from "./words.ts";

type Input = Readonly<Record<string, unknown>>;

/**
 * Carries an operation out. Its input fits the operation's shape, so that a handler says of its input what the shape
 * says.
 */
export type Handler = (input: never, caller: Caller) => unknown;

/** What a service does, by the name of the operation. */
export type Operations = Readonly<Record<string, Handler>>;

/** `call` of a service. */
export type Call = (operation: string, input: Input, caller: Caller) => unknown;

export interface DoorOptions {
  /** The service's name, by which its model is found. */
  readonly service: string;
  readonly operations: Operations;
  /**
   * The members that the cloud carries out, by operation: `QueueUrl`, or `Entries.Id` where not all of what stands in
   * Entries is. An operation that is not here takes all, or sees to it itself.
   */
  readonly takes?: Readonly<Record<string, readonly string[]>>;
  /** What the service's answers show of shapes other than AWS publishes, by the shape's name. */
  readonly corrections?: Readonly<Record<string, Partial<Shape>>>;
  /** Whether the service itself says what is required, enumerated or bounded. */
  readonly typesOnly?: boolean;
  readonly words?: Words;
}

/**
 * The one way into a service: its operations by their own names, each with an input that fits the shape AWS publishes
 * of it. A member that is null counts as absent.
 * @throws UnknownFeature (by the returned function) for an operation or member the cloud does not know
 * @throws AwsError in the service's words for an input that does not fit
 */
export function door(options: DoorOptions): Call {
  const { service, operations, words = plainWords } = options;
  const checks = new Map<string, Check>();
  return (operation, input, caller) => {
    if (!Object.hasOwn(operations, operation)) throw new UnknownFeature(`the operation ${operation}`, service);
    let check = checks.get(operation);
    if (!check) checks.set(operation, (check = compile(options, operation)));
    return operations[operation]!(admitted(check, input, words) as never, caller);
  };
}

interface Check {
  readonly service: string;
  readonly operation: string;
  readonly looking: Looking;
  /** Undefined for an operation whose input AWS says nothing of. */
  readonly shape: string | undefined;
  readonly fits: Fits;
}

function compile({ service, takes = {}, corrections = {}, typesOnly = false }: DoorOptions, operation: string): Check {
  const model = corrected(modelOf(service), corrections);
  const shape = model.inputs[operation];
  const taken = takes[operation];
  const looking = { model, typesOnly, takes: taken ? takesOnly(taken) : () => true };
  const fits = shape === undefined ? () => true : compileFits(looking, shape);
  return { service, operation, looking, shape, fits };
}

/** A member is taken by its path; where none of what stands in it is named, so is all that stands in it. */
function takesOnly(taken: readonly string[]): (path: string) => boolean {
  const whole = new Set(taken.filter((path) => !taken.some((other) => other.startsWith(`${path}.`))));
  const parts = new Set(
    taken.flatMap((path) => path.split(".").map((_, at, names) => names.slice(0, at + 1).join("."))),
  );
  return (path) => parts.has(path) || path.split(".").some((_, at, names) => whole.has(names.slice(0, at).join(".")));
}

function admitted({ service, operation, looking, shape, fits }: Check, input: Input, words: Words): Input {
  if (shape === undefined || fits(input)) return input;
  const where = `${service} ${operation}`;
  const given = present(looking.model, shape, input) as Input;
  if (given !== input && fits(given)) return given;
  const found = violations(looking, shape, given);
  const wrong = found.find((violation) => violation.kind === "type");
  if (wrong) {
    // AWS reads some texts as dates; which of them, no page says.
    if (wrong.expected === "timestamp" && typeof wrong.value === "string" && !Number.isNaN(Date.parse(wrong.value))) {
      throw new UnknownFeature("a timestamp that is a text", `${where}, ${wrong.path}`);
    }
    throw words.mistyped(wrong);
  }
  const unknown = found.find((violation) => violation.kind === "unknown");
  if (unknown) throw new UnknownFeature(`the parameter ${unknown.member}`, whereIn(where, unknown.path));
  throw words.broken(
    found.filter((violation): violation is Violation & { kind: "constraint" } => violation.kind === "constraint"),
    operation,
  );
}

const whereIn = (where: string, path: string): string => {
  const parent = path.slice(0, Math.max(0, path.lastIndexOf(".")));
  return parent === "" ? where : `${where}, ${parent}`;
};
