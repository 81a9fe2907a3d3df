import type { Clock } from "../../clock.ts";
import { AwsError } from "../../errors.ts";
import { RuntimeFault } from "../failure.ts";
import type { Cancel, TaskAnswer, TaskRequest } from "./port.ts";
import type { TaskTokens } from "./tokens.ts";

/** What GetActivityTask gives; empty where no task came while it waited. */
export type ActivityTask = { readonly taskToken: string; readonly input: string } | { readonly taskToken?: never };

interface Scheduled {
  readonly request: TaskRequest;
  readonly answer: TaskAnswer;
}

interface Poller {
  readonly workerName: string | undefined;
  readonly take: (task: ActivityTask) => void;
}

interface Activity {
  readonly name: string;
  readonly createdMs: number;
  readonly tasks: Scheduled[];
  readonly pollers: Poller[];
}

/** How long GetActivityTask waits for a task. */
const pollMs = 60_000;

/** https://docs.aws.amazon.com/step-functions/latest/dg/concepts-activities.html */
export class Activities {
  readonly #clock: Clock;
  readonly #tokens: TaskTokens;
  readonly #byArn = new Map<string, Activity>();

  constructor(clock: Clock, tokens: TaskTokens) {
    this.#clock = clock;
    this.#tokens = tokens;
  }

  /** Forgets tasks and pollers: the activities stay. */
  clear(): void {
    for (const { tasks, pollers } of this.#byArn.values()) {
      tasks.length = 0;
      pollers.length = 0;
    }
  }

  /** Creating an activity that exists gives the one that exists. */
  create(arn: string, name: string): { activityArn: string; creationDate: number } {
    const activity = this.#byArn.get(arn) ?? { name, createdMs: this.#clock.nowMs, tasks: [], pollers: [] };
    this.#byArn.set(arn, activity);
    return { activityArn: arn, creationDate: activity.createdMs / 1000 };
  }

  delete(arn: string): void {
    this.#byArn.delete(arn);
  }

  describe(arn: string): { activityArn: string; name: string; creationDate: number } {
    const { name, createdMs } = this.#find(arn);
    return { activityArn: arn, name, creationDate: createdMs / 1000 };
  }

  list(): { activityArn: string; name: string; creationDate: number }[] {
    return [...this.#byArn.keys()].map((arn) => this.describe(arn));
  }

  /** @throws RuntimeFault where a task has no activity to wait for */
  check(arn: string): void {
    if (!this.#byArn.has(arn)) throw new RuntimeFault(`The activity ${arn} does not exist.`);
  }

  /** Puts a task in the queue of its activity, which exists. */
  schedule(request: TaskRequest, answer: TaskAnswer): Cancel {
    const { arn } = request.resource;
    const token = request.taskToken!;
    const activity = this.#byArn.get(arn)!;
    const scheduled = { request, answer };
    const poller = activity.pollers.shift();
    if (poller) this.#hand(scheduled, poller);
    else activity.tasks.push(scheduled);
    return () => {
      const position = activity.tasks.indexOf(scheduled);
      if (position >= 0) activity.tasks.splice(position, 1);
      this.#tokens.close(token);
    };
  }

  /** GetActivityTask: the next task, at once or within a minute. */
  poll(arn: string, workerName: string | undefined): Promise<ActivityTask> {
    const activity = this.#find(arn);
    return new Promise((resolve) => {
      const poller: Poller = { workerName, take: resolve };
      const scheduled = activity.tasks.shift();
      if (scheduled) return this.#hand(scheduled, poller);
      activity.pollers.push(poller);
      this.#clock.schedule(pollMs, () => {
        const position = activity.pollers.indexOf(poller);
        if (position < 0) return;
        activity.pollers.splice(position, 1);
        resolve({});
      });
    });
  }

  #hand({ request, answer }: Scheduled, { workerName, take }: Poller): void {
    this.#tokens.open(request.taskToken!, answer);
    answer.started(workerName);
    take({ taskToken: request.taskToken!, input: JSON.stringify(request.input) });
  }

  #find(arn: string): Activity {
    const activity = this.#byArn.get(arn);
    if (!activity) throw new AwsError("ActivityDoesNotExist", `Activity Does Not Exist: '${arn}'`);
    return activity;
  }
}
