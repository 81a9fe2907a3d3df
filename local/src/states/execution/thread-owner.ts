import type { StateFailure } from "../failure.ts";
import type { Thread } from "./thread.ts";

/** Who started a thread and hears how it ends. */
export interface ThreadOwner {
  ended(thread: Thread, output: unknown): void;
  failed(thread: Thread, failure: StateFailure): void;
}

/** What an aborted thread leaves behind in the history, besides stopping. */
export interface Waiting {
  /** @param recorded whether the abort shows in the history */
  abort(recorded: boolean): void;
  /** Takes up what was left undone; a state that waited for something without this is run again. */
  redrive?(): void;
  /** Throws UnknownFeature where it could not be taken up. */
  checkRedrive?(): void;
}

/** The item that a Map iteration works on, `$$.Map.Item`. */
export interface MapItem {
  readonly Index: number;
  readonly Value: unknown;
}
