import { z } from "zod";
import { declaration, type ResourceType } from "../assembly/resource-type.ts";
import { arn } from "../identity.ts";

/**
 * A log group is a name for others to refer to: what functions and executions log goes to the history of the run.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html
 */
export const logResources = (region: string): ResourceType<unknown>[] => [
  declaration({
    type: "AWS::Logs::LogGroup",
    properties: z.strictObject({
      LogGroupName: z.string().optional(),
      RetentionInDays: z.number().optional(), // a run is over before any log expires
      // For bills, of which there are none.
      Tags: z.array(z.strictObject({ Key: z.string(), Value: z.string() })).optional(),
    }),
    create({ LogGroupName: given }, { stackName, logicalId }) {
      const name = given ?? `${stackName}-${logicalId}`;
      return { ref: name, attributes: { Arn: `${arn("logs", region, `log-group:${name}`)}:*` } };
    },
  }),
];
