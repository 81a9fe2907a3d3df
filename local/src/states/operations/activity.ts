import { z } from "zod";
import type { Operations } from "../../door/door.ts";
import { arn } from "../../identity.ts";
import { checkName } from "../state-machine.ts";
import type { StepFunctions } from "../step-functions.ts";
import { page, paging, parameters } from "./parameters.ts";

const create = z.strictObject({
  name: z.string(),
  // Accepted without effect: nothing here reads tags.
  tags: z.array(z.strictObject({ key: z.string(), value: z.string() })).optional(),
});
const byArn = z.strictObject({ activityArn: z.string() });
const poll = z.strictObject({ activityArn: z.string(), workerName: z.string().max(80).optional() });
const list = z.strictObject(paging);

/** The operations on activities. */
export const activityOperations = (states: StepFunctions): Operations => ({
  CreateActivity(input) {
    const { name } = parameters(create, "CreateActivity", input);
    return states.activities.create(arn("states", states.place, `activity:${checkName(name)}`), name);
  },
  DeleteActivity(input) {
    states.activities.delete(parameters(byArn, "DeleteActivity", input).activityArn);
    return {};
  },
  DescribeActivity: (input) => states.activities.describe(parameters(byArn, "DescribeActivity", input).activityArn),
  ListActivities(input) {
    const { entries, next } = page(states.activities.list(), parameters(list, "ListActivities", input));
    return { activities: entries, ...next };
  },
  GetActivityTask(input) {
    const { activityArn, workerName } = parameters(poll, "GetActivityTask", input);
    return states.activities.poll(activityArn, workerName);
  },
});
