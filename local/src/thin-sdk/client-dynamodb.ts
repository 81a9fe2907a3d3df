// What a handler finds as @aws-sdk/client-dynamodb.
import { door } from "./door.ts";
import { dynamodb } from "./dynamodb.ts";
import { ThinClient, type ThinConfiguration } from "./thin-client.ts";

export {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
} from "@aws-sdk/client-dynamodb";

export class DynamoDBClient extends ThinClient {
  constructor(configuration?: ThinConfiguration) {
    super(dynamodb, door, configuration);
  }
}
