import { z } from "zod";
import type { ResourceType } from "../../assembly/resource-type.ts";
import { resourceType } from "../../assembly/resource-type.ts";
import { AwsError } from "../../errors.ts";
import type { DynamoDb } from "../dynamodb.ts";
import type { TableProperties } from "./table-definition.ts";
import { tableDefinition } from "./table-definition.ts";

const attributeName = z.string().min(1).max(255);

const keySchema = z
  .array(z.strictObject({ AttributeName: attributeName, KeyType: z.enum(["HASH", "RANGE"]) }))
  .min(1)
  .max(2);

const throughput = z.strictObject({
  ReadCapacityUnits: z.number().int().min(1),
  WriteCapacityUnits: z.number().int().min(1),
});

const indexName = z.string().regex(/^[a-zA-Z0-9_.-]{3,255}$/u);

const projection = z.strictObject({
  ProjectionType: z.enum(["ALL", "KEYS_ONLY", "INCLUDE"]),
  NonKeyAttributes: z.array(attributeName).min(1).optional(),
});

const localIndex = z.strictObject({ IndexName: indexName, KeySchema: keySchema, Projection: projection });

const globalIndex = localIndex.extend({ ProvisionedThroughput: throughput.optional() });

const properties: z.ZodType<TableProperties> = z.strictObject({
  TableName: z
    .string()
    .regex(/^[a-zA-Z0-9_.-]{3,255}$/u)
    .optional(),
  KeySchema: keySchema,
  AttributeDefinitions: z.array(
    z.strictObject({ AttributeName: attributeName, AttributeType: z.enum(["S", "N", "B"]) }),
  ),
  BillingMode: z.enum(["PAY_PER_REQUEST", "PROVISIONED"]).optional(),
  // Shown by DescribeTable; a call is never throttled, whatever the throughput.
  ProvisionedThroughput: throughput.optional(),
  GlobalSecondaryIndexes: z.array(globalIndex).min(1).max(20).optional(),
  LocalSecondaryIndexes: z.array(localIndex).min(1).max(5).optional(),
  TimeToLiveSpecification: z
    .strictObject({ AttributeName: attributeName.optional(), Enabled: z.boolean() })
    .refine(({ AttributeName, Enabled }) => !Enabled || AttributeName !== undefined, "AttributeName is missing")
    .optional(),
  // Shown by DescribeTable; nothing here deletes a table.
  DeletionProtectionEnabled: z.boolean().optional(),
  // Without effect: there is nothing to restore from, to encrypt, or to bill.
  PointInTimeRecoverySpecification: z
    .strictObject({
      PointInTimeRecoveryEnabled: z.boolean().optional(),
      RecoveryPeriodInDays: z.number().int().min(1).max(35).optional(),
    })
    .optional(),
  SSESpecification: z
    .strictObject({
      SSEEnabled: z.boolean(),
      SSEType: z.enum(["AES256", "KMS"]).optional(),
      KMSMasterKeyId: z.string().optional(),
    })
    .optional(),
  TableClass: z.enum(["STANDARD", "STANDARD_INFREQUENT_ACCESS"]).optional(),
  Tags: z.array(z.strictObject({ Key: z.string(), Value: z.string() })).optional(),
});

/**
 * `AWS::DynamoDB::Table`. Streams, imports, replicas and resource policies are not known, nor is
 * `AWS::DynamoDB::GlobalTable`.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html, 2026-11-21
 */
export function tableResources(dynamodb: DynamoDb): ResourceType<unknown>[] {
  return [
    resourceType({
      type: "AWS::DynamoDB::Table",
      properties,
      create(given, { stackName, logicalId }) {
        const definition = tableDefinition(given, `${stackName}-${logicalId}`);
        if (dynamodb.hasTable(definition.name)) {
          throw new AwsError("ResourceInUseException", `Table already exists: ${definition.name}`);
        }
        const table = dynamodb.createTable(definition);
        return { ref: definition.name, attributes: { Arn: table.arn } };
      },
      // What has no effect here can change; whatever else a table is made of is part of its state.
      change: {
        of: ["PointInTimeRecoverySpecification", "SSESpecification", "TableClass", "Tags"],
        apply: (_, __, created) => created,
      },
    }),
  ];
}
