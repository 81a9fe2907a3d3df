import type { Choices } from "../../choices.ts";
import type { Clock } from "../../clock.ts";
import type { JsonObject } from "./json.ts";

/** What an execution needs of the world. */
export interface Host {
  readonly clock: Clock;
  readonly choices: Choices;
  /** A fresh UUID, the same in every run of the same choices. */
  readonly uuid: () => string;
}

/** What an expression of a state may read beside the data it is applied to. */
export interface Scope {
  readonly host: Host;
  /** The workflow variables that Assign has set. */
  readonly variables: JsonObject;
  /** The context object, `$$` in JSONPath and `$states.context` in JSONata. */
  context(): JsonObject;
  /** Hears how much an expression took: see `mostOfThread`. */
  spend(effort: number): void;
}
