import type { z } from "zod";
import type { AwsError } from "../errors.ts";

/** What CloudFormation gives back for a created resource. */
export interface Created {
  /** The value of `Ref`. */
  readonly ref: string;
  /** The values of `Fn::GetAtt`, by attribute name. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** Where a resource stands, for its generated name and for errors. */
export interface LogicalResource {
  readonly stackName: string;
  readonly logicalId: string;
  /** The absolute folder or file of the asset a `S3Key` names; throws UnknownFeature for a key the manifest lacks. */
  asset(s3Key: string): string;
}

/** A resource as refusals name it. */
export const whereIs = ({ stackName, logicalId }: Omit<LogicalResource, "asset">): string =>
  `stack ${stackName}, resource ${logicalId}`;

/**
 * The roles that a resource works with. Each has to trust the resource's service.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_terms-and-concepts.html (trust policy)
 */
export interface RolesTaken<Properties> {
  /** The principal of the service, for instance `lambda.amazonaws.com`. */
  readonly service: string;
  of(properties: Properties): readonly string[];
  /** What the service says of a role that does not trust it. */
  refusal(roleArn: string): AwsError;
}

/**
 * One CloudFormation resource type the cloud can create. `properties` is strict at every level: a property that is not
 * in it is refused by name. A property that is accepted without effect here has a comment that says so.
 */
export interface ResourceType<Properties> {
  /** CloudFormation's name, for instance `AWS::SQS::Queue`. */
  readonly type: string;
  readonly properties: z.ZodType<Properties>;
  /** Left out where a resource takes no role. */
  readonly roles?: RolesTaken<Properties>;
  /** @param properties with every intrinsic resolved */
  create(properties: Properties, logical: LogicalResource): Created;
}

/** Keeps the types of `properties` and `create` together, and forgets them for the table of all types. */
export function resourceType<Properties>(type: ResourceType<Properties>): ResourceType<unknown> {
  return type;
}
