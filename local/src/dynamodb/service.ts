import type { ServiceDescriptor } from "../descriptor.ts";
import { dynamodbIntegrations } from "../states/integrations/dynamodb.ts";
import { dynamodbActions } from "./actions.ts";
import { DynamoDb } from "./dynamodb.ts";
import { tableResources } from "./table/table-resource.ts";

/** Amazon DynamoDB as the rest of the cloud meets it. */
export const dynamodbService: ServiceDescriptor = {
  name: "dynamodb",
  protocol: { kind: "AWS JSON", version: "1.0", target: "DynamoDB_20120810" },
  actions: dynamodbActions,
  tasks: { sdk: { id: "dynamodb", name: "DynamoDb" }, optimized: dynamodbIntegrations },
  open(kernel) {
    const service = new DynamoDb(kernel);
    const { conditionValues } = service;
    return { service, resources: tableResources(service), conditionValues, reset: () => service.reset() };
  },
};
