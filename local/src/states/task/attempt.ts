import type { Timer } from "../../clock.ts";
import { exceedsDataLimit } from "../data/json.ts";
import { taskEffort } from "../execution/effort.ts";
import type { Waiting } from "../execution/thread-owner.ts";
import type { Thread } from "../execution/thread.ts";
import { StateFailure, tooLarge } from "../failure.ts";
import type { TaskEvents } from "./events.ts";
import type { Cancel, StartTask, TaskAnswer, TaskRequest, TaskResource } from "./port.ts";

/** One attempt of a Task state, from its start to its answer, its timeout or its end by others. */
export class Attempt implements TaskAnswer, Waiting {
  readonly #thread: Thread;
  readonly #request: TaskRequest;
  readonly #events: TaskEvents;
  readonly #done: (output: unknown) => void;
  #turn = 0;
  #open = true;
  #release: Cancel;
  #timeout: Timer | undefined;
  #heartbeat: Timer | undefined;

  constructor(thread: Thread, request: TaskRequest, events: TaskEvents, done: (output: unknown) => void) {
    this.#thread = thread;
    this.#request = request;
    this.#events = events;
    this.#done = done;
  }

  start(start: StartTask): void {
    this.#thread.spend(taskEffort);
    this.#turn = this.#thread.wait(this);
    this.#events.scheduled(this.#thread, this.#request);
    const release = start(this.#request, this);
    if (!this.#open) return release?.();
    this.#release = release;
    if (this.#request.resource.kind !== "activity") this.#count();
  }

  started(workerName: string | undefined): void {
    this.#answer(() => {
      this.#events.started(this.#thread, workerName);
      this.#count();
    });
  }

  submitted(output: unknown): void {
    this.#answer(() => this.#events.submitted(this.#thread, output));
  }

  heartbeat(): void {
    this.#heartbeat?.cancel();
    const { heartbeatSeconds } = this.#request;
    if (heartbeatSeconds === undefined || !this.#open) return;
    this.#heartbeat = this.#thread.host.clock.schedule(heartbeatSeconds * 1000, () =>
      this.#timedOut("States.HeartbeatTimeout"),
    );
  }

  succeeded(output: unknown): void {
    this.#answer(() => {
      if (exceedsDataLimit(output)) return this.#fail(tooLarge(sizeSubject(this.#request.resource)));
      this.#close();
      this.#events.succeeded(this.#thread, output);
      this.#done(output);
    });
  }

  failed(error: string | undefined, cause: string | undefined): void {
    this.#answer(() => this.#fail(new StateFailure(error, cause)));
  }

  crashed(error: unknown): void {
    this.#answer(() => {
      throw error;
    });
  }

  abort(): void {
    if (this.#open) this.#close();
  }

  /** Both limits count from the start of the task; that of an activity's is when a worker takes it. */
  #count(): void {
    const { timeoutSeconds } = this.#request;
    if (timeoutSeconds !== undefined) {
      const { host, execution, state } = this.#thread;
      const about = () => ({ what: "other", task: state.name, of: execution.identity.name }) as const;
      this.#timeout = host.clock.schedule(timeoutSeconds * 1000, () => this.#timedOut(undefined), about);
    }
    this.heartbeat();
  }

  #answer(accept: () => void): void {
    if (this.#open) this.#thread.resume(this.#turn, accept);
  }

  #fail(failure: StateFailure): void {
    this.#close();
    this.#events.failed(this.#thread, failure);
    this.#thread.fail(failure);
  }

  /** Recorded: a missed heartbeat ends as States.Timeout as well; only ErrorEquals can tell the two apart. */
  #timedOut(alias: string | undefined): void {
    this.#answer(() => {
      this.#close();
      const failure = new StateFailure("States.Timeout", undefined, alias);
      this.#events.timedOut(this.#thread, failure);
      // Recorded: all tasks that time out at one instant are noted before the first of them fails its branch.
      this.#thread.sleep(0, () => this.#thread.fail(failure));
    });
  }

  #close(): void {
    this.#open = false;
    this.#timeout?.cancel();
    this.#heartbeat?.cancel();
    this.#release?.();
  }
}

const sizeSubject = (resource: TaskResource) => (resource.kind === "service" ? resource.service : resource.arn);
