import type { Operations } from "../../door/door.ts";
import { arn } from "../../identity.ts";
import { checkName } from "../state-machine.ts";
import type { StepFunctions } from "../step-functions.ts";
import { page, type PageInput } from "./page.ts";

interface Named {
  readonly activityArn: string;
}

/** The operations on activities. */
export const activityOperations = (states: StepFunctions): Operations => ({
  // Nothing here reads tags.
  CreateActivity: ({ name }: { readonly name: string }) =>
    states.activities.create(arn("states", states.region, `activity:${checkName(name)}`), name),
  DeleteActivity({ activityArn }: Named) {
    states.activities.delete(activityArn);
    return {};
  },
  DescribeActivity: ({ activityArn }: Named) => states.activities.describe(activityArn),
  ListActivities(input: PageInput) {
    const { entries, next } = page(states.activities.list(), input);
    return { activities: entries, ...next };
  },
  GetActivityTask: ({ activityArn, workerName }: Named & { readonly workerName?: string }) =>
    states.activities.poll(activityArn, workerName),
});
