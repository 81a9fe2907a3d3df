// What a handler finds as @aws-sdk/client-dynamodb.
import { door } from "./door.ts";
import { dynamodb } from "./dynamodb.ts";
import { ThinClient } from "./thin-client.ts";

export {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
} from "@aws-sdk/client-dynamodb";

export class DynamoDBClient extends ThinClient {
  constructor(configuration?: object) {
    super(dynamodb, door, configuration);
  }
}
