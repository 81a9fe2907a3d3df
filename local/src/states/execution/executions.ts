import { AwsError } from "../../errors.ts";
import type { JsonObject } from "../data/json.ts";
import type { StateMachine } from "../state-machine.ts";
import { describeExecution } from "./execution-description.ts";
import type { Execution, ExecutionStatus } from "./execution.ts";
import { RedriveTokens, whyNotRedrivable } from "./redrive.ts";

interface Kept {
  readonly execution: Execution;
  /** The input as it was written. */
  readonly input: string;
  /** The machine as it was when the execution started. */
  readonly machine: StateMachine;
  tokens?: RedriveTokens;
}

/**
 * How many executions an account may have open.
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
const mostOpen = 1_000_000;

/** Executions by ARN: all that run, and as many closed ones as are to be kept. */
export class Executions {
  readonly #byArn = new Map<string, Kept>();
  readonly #byMachine = new Map<string, Set<string>>();
  readonly #closed = new Set<string>();
  readonly #waiting = new Map<string, ((description: JsonObject) => void)[]>();
  readonly #keep: number;
  readonly #mostOpen: number;

  /** @param keep how many closed executions are remembered; the longest closed goes first */
  constructor(keep: number, open = mostOpen) {
    this.#keep = keep;
    this.#mostOpen = open;
  }

  get(arn: string): Kept | undefined {
    return this.#byArn.get(arn);
  }

  /** @throws AwsError ExecutionDoesNotExist; InvalidArn for an Express execution, of which nothing is kept */
  of(arn: string): Kept {
    if (arn.split(":")[5] === "express") {
      throw new AwsError("InvalidArn", "Invalid Arn: 'Resource type not valid in this context: express'");
    }
    const kept = this.#byArn.get(arn);
    if (!kept) throw new AwsError("ExecutionDoesNotExist", `Execution Does Not Exist: '${arn}'`);
    return kept;
  }

  /** @throws AwsError ExecutionLimitExceeded where too many executions are open */
  add(kept: Kept): void {
    this.#checkRoom();
    const { arn, stateMachine } = kept.execution.identity;
    this.#byArn.set(arn, kept);
    const ofMachine = this.#byMachine.get(stateMachine.Id);
    if (ofMachine) ofMachine.add(arn);
    else this.#byMachine.set(stateMachine.Id, new Set([arn]));
  }

  /** The executions of a machine, the youngest first. */
  list(stateMachineArn: string, status: ExecutionStatus | undefined): Execution[] {
    return [...(this.#byMachine.get(stateMachineArn) ?? [])]
      .map((arn) => this.#byArn.get(arn)!.execution)
      .filter((execution) => status === undefined || execution.status === status)
      .toReversed();
  }

  describe(arn: string): JsonObject {
    const { execution, input } = this.of(arn);
    return describeExecution(execution, input);
  }

  /**
   * Redrives an execution; the same client token again changes nothing, whatever became of the execution since.
   * @returns when it was redriven, in virtual milliseconds
   * @throws AwsError ExecutionDoesNotExist, InvalidArn, ExecutionNotRedrivable, ExecutionLimitExceeded; UnknownFeature
   */
  redrive(arn: string, clientToken: string | undefined): number {
    const kept = this.of(arn);
    const { execution } = kept;
    const { nowMs } = execution.host.clock;
    const before = clientToken === undefined ? undefined : kept.tokens?.dateOf(clientToken, nowMs);
    if (before !== undefined) return before;
    const reason = whyNotRedrivable(execution);
    if (reason !== undefined)
      throw new AwsError("ExecutionNotRedrivable", `Execution ${arn} invalid for redrive as: ${reason}`);
    execution.checkRedrive();
    this.#checkRoom();
    this.#closed.delete(arn);
    execution.redrive();
    if (clientToken !== undefined) (kept.tokens ??= new RedriveTokens()).remember(clientToken, nowMs);
    return nowMs;
  }

  #checkRoom(): void {
    if (this.#byArn.size - this.#closed.size < this.#mostOpen) return;
    throw new AwsError("ExecutionLimitExceeded", "The maximum number of running executions has been reached");
  }

  /** Calls back when an execution is closed, at once if it is. */
  whenClosed(arn: string, closed: (description: JsonObject) => void): void {
    if (this.of(arn).execution.status !== "RUNNING") return closed(this.describe(arn));
    const waiting = this.#waiting.get(arn);
    if (waiting) waiting.push(closed);
    else this.#waiting.set(arn, [closed]);
  }

  /** Takes note that an execution has closed. */
  closed({ identity: { arn } }: Execution): void {
    const waiting = this.#waiting.get(arn);
    if (waiting) {
      this.#waiting.delete(arn);
      const description = this.describe(arn);
      for (const tell of waiting) tell(description);
    }
    this.#closed.add(arn);
    if (this.#closed.size > this.#keep) this.forget(this.#closed.values().next().value!);
  }

  clear(): void {
    this.#byArn.clear();
    this.#byMachine.clear();
    this.#closed.clear();
    this.#waiting.clear();
  }

  /** Forgets a closed execution: its name is free again, as 90 days after its end on AWS. */
  forget(arn: string): void {
    if (!this.#closed.delete(arn)) return;
    const machine = this.of(arn).execution.identity.stateMachine.Id;
    this.#byArn.delete(arn);
    this.#byMachine.get(machine)?.delete(arn);
  }

  forgetClosed(): void {
    for (const arn of this.#closed) this.forget(arn);
  }
}
