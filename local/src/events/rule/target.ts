import { AwsError, UnknownFeature } from "../../errors.ts";
import type { EventTarget, EventTargets } from "../delivery/event-target.ts";
import type { BusEvent } from "../event.ts";
import { compileEventPath } from "./event-path.ts";
import type { InputTransformer, RuleIdentity } from "./input-template.ts";
import { compileTemplate } from "./input-template.ts";

/** A target as PutTargets and CloudFormation describe it. */
export interface TargetDescription {
  readonly Id: string;
  readonly Arn: string;
  readonly RoleArn?: string | undefined;
  readonly Input?: string | undefined;
  readonly InputPath?: string | undefined;
  readonly InputTransformer?: InputTransformer | undefined;
  readonly DeadLetterConfig?: { readonly Arn?: string | undefined } | undefined;
  readonly RetryPolicy?:
    | {
        readonly MaximumRetryAttempts?: number | undefined;
        readonly MaximumEventAgeInSeconds?: number | undefined;
      }
    | undefined;
}

export interface Target {
  readonly description: TargetDescription;
  readonly service: string;
  /** How the event gets there. */
  readonly sending: EventTarget;
  /** The text the target receives. */
  readonly input: (event: BusEvent, rule: RuleIdentity) => string;
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeMs: number;
}

/**
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html
 * @param position of the target in its request, from 1, for AWS's message
 * @throws AwsError ValidationException; UnknownFeature for a kind of target the cloud does not have
 */
export function compileTarget(description: TargetDescription, position: number, services: EventTargets): Target {
  const where = `target ${description.Id}`;
  checkId(description.Id, position);
  const service = description.Arn.split(":")[2];
  const sending = services.get(service ?? "");
  if (service === undefined || !sending)
    throw new UnknownFeature(`targets of service ${service ?? description.Arn}`, where);
  sending.check?.(description.Arn, where);
  const { MaximumRetryAttempts = 185, MaximumEventAgeInSeconds = 86_400 } = description.RetryPolicy ?? {};
  checkBound("maximumRetryAttempts", MaximumRetryAttempts, 0, 185, position);
  checkBound("maximumEventAgeInSeconds", MaximumEventAgeInSeconds, 60, 86_400, position);
  return {
    description,
    service,
    sending,
    input: compileInput(description),
    maximumRetryAttempts: MaximumRetryAttempts,
    maximumEventAgeMs: MaximumEventAgeInSeconds * 1000,
  };
}

function compileInput({ Id, Input, InputPath, InputTransformer: transformer }: TargetDescription): Target["input"] {
  const given = [Input, InputPath, transformer].filter((each) => each !== undefined);
  if (given.length > 1) {
    throw new AwsError(
      "ValidationException",
      `Only one of Input, InputPath, or InputTransformer must be provided for target ${Id}.`,
    );
  }
  if (transformer) return compileTemplate(transformer, Id);
  if (Input !== undefined) return () => Input;
  if (InputPath === undefined) return ({ text }) => text;
  const read = compileEventPath(InputPath, `InputPath of target ${Id}`);
  return ({ envelope }) => {
    const value = read(envelope);
    if (value === undefined)
      throw new UnknownFeature(`an InputPath that selects nothing: ${InputPath}`, `target ${Id}`);
    return JSON.stringify(value);
  };
}

function checkId(id: string, position: number): void {
  const fail = (constraint: string) => {
    throw new AwsError(
      "ValidationException",
      `1 validation error detected: Value '${id}' at 'targets.${position}.member.id' failed to satisfy ` +
        `constraint: Member must ${constraint}`,
    );
  };
  if (!/^[.\-_A-Za-z0-9]+$/.test(id)) fail("satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+");
  if (id.length > 64) fail("have length less than or equal to 64");
}

function checkBound(name: string, value: number, min: number, max: number, position: number): void {
  const constraint =
    value < min ? `greater than or equal to ${min}` : value > max ? `less than or equal to ${max}` : undefined;
  if (constraint === undefined) return;
  throw new AwsError(
    "ValidationException",
    `1 validation error detected: Value '${value}' at 'targets.${position}.member.retryPolicy.${name}' ` +
      `failed to satisfy constraint: Member must have value ${constraint}`,
  );
}
