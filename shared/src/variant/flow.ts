/** Who hands over to whom in a variant, as its template has it: there is no second definition of the flow. */
export interface Flow {
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly FlowEdge[];
  /** Nodes at which an order goes on, on purpose, from wherever it is. Without them no way leads back to itself. */
  readonly rejoins: readonly string[];
}

export interface FlowNode {
  readonly id: string;
  /**
   * A `source` begins something by itself, a `choice` only decides where to go on, an `end` is where nothing follows,
   * and `nobody` stands where an event is heard that no one says, or said and no one hears.
   */
  readonly kind: "source" | "step" | "choice" | "end" | "nobody";
  /** What a person reads, if not the id. */
  readonly label?: string;
}

export interface FlowEdge {
  readonly from: string;
  readonly to: string;
  /** A `failure` is a last try that failed, or an error that is caught. */
  readonly kind: "call" | "event" | "failure";
  /** The event, or the errors that lead this way. */
  readonly label?: string;
  /** Logical id of the resource that holds it: without it nothing goes this way. */
  readonly heldBy: string;
  readonly seenAs: Sighting;
  readonly written: Written;
}

/** What of a run's log shows that an edge was taken. */
export type Sighting =
  /** A rule handed an event to a target: logical ids. */
  | { readonly rule: string; readonly target: string }
  /** An event arrived on a bus, said by the function of a step, or by anybody. */
  | { readonly event: string; readonly by?: string }
  /** The function of a step was invoked by that of another, or by the client: not by a rule or a state machine. */
  | { readonly invoked: string; readonly by?: string }
  /** An order's row came to a status. */
  | { readonly status: string }
  /**
   * An execution entered a state after another one (at first, ExecutionStarted), whose task had failed or not; a
   * durable one invoked a step after another.
   */
  | { readonly state: string; readonly next: string; readonly failed: boolean };

/** Where a person wrote an edge: a line of a file of the variant's folder. */
export interface Written {
  readonly file: string;
  /** Matches that line and no other. */
  readonly line: RegExp;
}
