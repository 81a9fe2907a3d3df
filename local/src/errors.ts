/** An answer AWS would give to a call it turns down: error code, message and HTTP status. */
export class AwsError extends Error {
  override readonly name = "AwsError";
  readonly code: string;
  readonly statusCode: number;
  /** Members of the error shape beside `message`, for instance `CancellationReasons`. */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, statusCode = 400, members: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.statusCode = statusCode;
    this.members = members;
  }
}

/** The embedded cloud does not know a feature and says so by name rather than guess. */
export class UnknownFeature extends Error {
  override readonly name = "UnknownFeature";
  /** The feature, in AWS's words: a resource type, property, state field, intrinsic, operation. */
  readonly feature: string;
  /** Where it stands: a logical id, a state name, a path in the template. */
  readonly where: string;

  constructor(feature: string, where: string) {
    super(`the embedded cloud does not know ${feature} (at ${where})`);
    this.feature = feature;
    this.where = where;
  }
}
