import { AwsError } from "../errors.ts";
import { arn } from "../identity.ts";
import { defaultEventInvokeConfig, latest, type LambdaFunction } from "./function.ts";

/** A function: its code as it is now, and what was published of it, by number. */
interface Known {
  readonly current: LambdaFunction;
  readonly versions: Map<string, LambdaFunction>;
  /** How many versions were published; no number comes again. */
  published: number;
}

/**
 * All functions with their versions.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html (2026-11-21)
 */
export class Functions {
  readonly #region: string;
  readonly #byName = new Map<string, Known>();

  constructor(region: string) {
    this.#region = region;
  }

  /** What invocations without a qualifier run, one for each function. */
  get current(): LambdaFunction[] {
    return [...this.#byName.values()].map(({ current }) => current);
  }

  clear(): void {
    this.#byName.clear();
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }

  add(created: LambdaFunction): void {
    this.#byName.set(created.name, { current: created, versions: new Map(), published: 0 });
  }

  /** Gives a function other code and settings. What waits for it in the queue will run them, too. */
  update(next: LambdaFunction): LambdaFunction {
    const current = this.find(next.name);
    return Object.assign(current, { ...next, eventInvokeConfig: current.eventInvokeConfig });
  }

  removeVersion({ name, version }: LambdaFunction): void {
    this.#byName.get(name)?.versions.delete(version);
  }

  /** @throws AwsError ResourceNotFoundException */
  find(name: string, qualifier: string = latest): LambdaFunction {
    const known = this.#byName.get(name);
    const found = qualifier === latest ? known?.current : known?.versions.get(qualifier);
    if (found) return found;
    const shown = qualifier === latest ? name : `${name}:${qualifier}`;
    const message = `Function not found: ${arn("lambda", this.#region, `function:${shown}`)}`;
    throw new AwsError("ResourceNotFoundException", message, 404, { Type: "User" });
  }

  /**
   * Publishes the code and settings of a function as they are now.
   * @throws AwsError ResourceNotFoundException; AlreadyExists where nothing has changed since the last version
   */
  publish(name: string): LambdaFunction {
    const current = this.find(name);
    const known = this.#byName.get(name)!;
    const { versions } = known;
    const last = [...versions.values()].at(-1);
    if (last?.properties === current.properties) {
      const exists = `A version for this Lambda function exists ( ${last.version} ).`;
      throw new AwsError("AlreadyExists", `${exists} Modify the function to create a new version.`);
    }
    const version = String((known.published += 1));
    const published: LambdaFunction = {
      ...current,
      arn: `${current.arn}:${version}`,
      version,
      eventInvokeConfig: defaultEventInvokeConfig,
    };
    versions.set(version, published);
    return published;
  }
}
