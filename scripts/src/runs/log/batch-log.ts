/** A line of `run.ndjson` as text, and the order it belongs to. */
export interface OwnedLine {
  readonly orderId: string | undefined;
  readonly text: string;
}

/** What happened while a batch ran through one variant. */
export interface BatchLog {
  /** In the order in which it happened. */
  readonly lines: readonly OwnedLine[];
  /** The way of each order, by its id: see `Path`. */
  readonly paths: ReadonlyMap<string, readonly string[]>;
}
