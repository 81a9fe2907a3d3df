import {
  ConditionalCheckFailedException,
  DynamoDBServiceException,
  IdempotentParameterMismatchException,
  InternalServerError,
  ItemCollectionSizeLimitExceededException,
  ProvisionedThroughputExceededException,
  ReplicatedWriteConflictException,
  RequestLimitExceeded,
  ResourceNotFoundException,
  ThrottlingException,
  TransactionCanceledException,
  TransactionConflictException,
  TransactionInProgressException,
} from "@aws-sdk/client-dynamodb";
import type { ThinService } from "./thin-client.ts";

/** DynamoDB's items, read and written one by one, in transactions and by query. */
export const dynamodb: ThinService = {
  name: "dynamodb",
  operations: {
    GetItem: {},
    PutItem: {},
    UpdateItem: {},
    DeleteItem: {},
    Query: {},
    TransactWriteItems: { token: "ClientRequestToken" },
  },
  exceptions: [
    ConditionalCheckFailedException,
    IdempotentParameterMismatchException,
    InternalServerError,
    ItemCollectionSizeLimitExceededException,
    ProvisionedThroughputExceededException,
    ReplicatedWriteConflictException,
    RequestLimitExceeded,
    ResourceNotFoundException,
    ThrottlingException,
    TransactionCanceledException,
    TransactionConflictException,
    TransactionInProgressException,
  ],
  exception: DynamoDBServiceException,
  retries: { defaultMaxAttempts: 4, defaultBaseDelay: 25 },
};
