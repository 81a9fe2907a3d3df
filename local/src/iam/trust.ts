import { z } from "zod";
import type { Created, ResourceType } from "../assembly/resource-type.ts";
import { AwsError } from "../errors.ts";
import type { Iam } from "./iam.ts";

/** A resource that works with a role, and so has to be trusted with it. */
interface RoleTaker {
  readonly service: string;
  /** The roles in the resource's properties. */
  readonly roles: (properties: unknown) => readonly string[];
  readonly refusal: (roleArn: string) => AwsError;
}

const lambdaProperties = z.looseObject({ Role: z.string() });
const machineProperties = z.looseObject({ RoleArn: z.string() });
const ruleProperties = z.looseObject({
  Targets: z.array(z.looseObject({ RoleArn: z.string().optional() })).optional(),
});

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_terms-and-concepts.html (trust policy) */
const roleTakers: Readonly<Record<string, RoleTaker>> = {
  "AWS::Lambda::Function": {
    service: "lambda.amazonaws.com",
    roles: (properties) => [lambdaProperties.parse(properties).Role],
    refusal: () =>
      new AwsError("InvalidParameterValueException", "The role defined for the function cannot be assumed by Lambda."),
  },
  "AWS::StepFunctions::StateMachine": {
    service: "states.amazonaws.com",
    roles: (properties) => [machineProperties.parse(properties).RoleArn],
    refusal: () =>
      new AwsError(
        "AccessDeniedException",
        "Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.",
      ),
  },
  "AWS::Events::Rule": {
    service: "events.amazonaws.com",
    roles: (properties) => (ruleProperties.parse(properties).Targets ?? []).flatMap(({ RoleArn }) => RoleArn ?? []),
    refusal: (roleArn) =>
      new AwsError(
        "ValidationException",
        `Provided role '${roleArn}' cannot be assumed by principal 'events.amazonaws.com'.`,
      ),
  },
};

/** A resource type whose resources are refused, as AWS does, where the role they name does not trust their service. */
export function withTrustedRoles(type: ResourceType<unknown>, iam: Iam): ResourceType<unknown> {
  const taker = roleTakers[type.type];
  if (!taker) return type;
  return {
    ...type,
    create(properties, logical): Created {
      const created = type.create(properties, logical);
      for (const roleArn of taker.roles(properties)) {
        if (!iam.trusts(roleArn, taker.service, created.attributes["Arn"] ?? created.ref)) throw taker.refusal(roleArn);
      }
      return created;
    },
  };
}
