/** How a state fails, in the two words that Retry and Catch see. */
export class StateFailure extends Error {
  override readonly name = "StateFailure";
  /** An error name such as `States.Timeout`, or a task's own; undefined for a Fail state without `Error`. */
  readonly error: string | undefined;
  override readonly cause: string | undefined;
  /** Another name that ErrorEquals may call it by, such as `States.HeartbeatTimeout`. */
  readonly alias: string | undefined;

  constructor(error: string | undefined, cause: string | undefined, alias?: string) {
    super(error);
    this.error = error;
    this.cause = cause;
    this.alias = alias;
  }
}

/**
 * Something the interpreter cannot carry out at run time, such as a path that matches nothing. Becomes `States.Runtime`
 * unless another name is given, with a cause that names the state and the event that entered it.
 */
export class RuntimeFault extends Error {
  override readonly name = "RuntimeFault";
  readonly error: string;

  constructor(message: string, error = "States.Runtime") {
    super(message);
    this.error = error;
  }
}

/** A JSONata expression that failed; becomes an EvaluationFailed event and `States.QueryEvaluationError`. */
export class EvaluationFault extends RuntimeFault {
  /** The field, for instance `Arguments/FunctionName`; undefined where no expression is at fault. */
  readonly location: string | undefined;

  constructor(message: string, location: string | undefined) {
    super(message, "States.QueryEvaluationError");
    this.location = location;
  }
}

/** @param name the state, or the resource of the task, whose result is larger than 262,144 bytes */
export const tooLarge = (name: string): StateFailure =>
  new StateFailure(
    "States.DataLimitExceeded",
    `The state/task '${name}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  );
