import { AwsError, UnknownFeature } from "../errors.ts";

/** Everything that keeps a cloud from being opened, in the order of the templates; nothing was run. */
export class AssemblyRefused extends AggregateError {
  override readonly name = "AssemblyRefused";

  constructor(refusals: readonly Error[]) {
    const lines = refusals.map((refusal) => `\n- ${refusal.message}`);
    super(
      [...refusals],
      `the embedded cloud refuses the assembly for ${lines.length} ` +
        `reason${lines.length === 1 ? "" : "s"}:${lines.join("")}`,
    );
  }
}

/** What was thrown, as a refusal that names its place. Anything but a refusal is a defect and goes on its way. */
export function refusalAt(thrown: unknown, where: string): Error {
  if (thrown instanceof UnknownFeature) {
    return thrown.where.startsWith(where) ? thrown : new UnknownFeature(thrown.feature, `${where}, ${thrown.where}`);
  }
  if (thrown instanceof AwsError)
    return new AwsError(thrown.code, `${thrown.message} (at ${where})`, thrown.statusCode, thrown.members);
  throw thrown;
}
