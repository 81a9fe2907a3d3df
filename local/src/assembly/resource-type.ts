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

/** How a resource is changed in place. */
export interface Change<Properties> {
  /** The properties that can change without a replacement. A change of any other is refused by name. */
  readonly of: readonly string[];
  /** @param created what its creation, or its change before this one, gave back */
  apply(properties: Properties, logical: LogicalResource, created: Created): Created;
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
  /** Left out where every change would replace the resource, or is not known here. */
  readonly change?: Change<Properties>;
  /** Takes the resource away; left out where its state would be lost, or what becomes of its work is not known. */
  remove?(created: Created, logical: Omit<LogicalResource, "asset">): void;
}

/** Keeps the types of `properties` and `create` together, and forgets them for the table of all types. */
export function resourceType<Properties>(type: ResourceType<Properties>): ResourceType<unknown> {
  return type;
}

/**
 * A resource type that only says something: where it changes, what it said is unsaid and said anew, so that nothing is
 * lost by any change or by its removal.
 * @param unsay takes back what the resource at a place said
 */
export function declaration<Properties>(
  type: Omit<ResourceType<Properties>, "properties"> & { readonly properties: z.ZodObject & z.ZodType<Properties> },
  unsay: (where: string) => void = () => {},
): ResourceType<unknown> {
  return resourceType<Properties>({
    ...type,
    change: {
      of: Object.keys(type.properties.shape),
      apply(properties, logical) {
        unsay(whereIs(logical));
        return type.create(properties, logical);
      },
    },
    remove: (_, logical) => unsay(whereIs(logical)),
  });
}
