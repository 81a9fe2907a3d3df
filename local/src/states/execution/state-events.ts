import type { StateType } from "../definition/state.ts";

const types = ["Choice", "Fail", "Map", "Parallel", "Pass", "Succeed", "Task", "Wait"] as const satisfies StateType[];

const named = (suffix: string) =>
  Object.fromEntries(types.map((type) => [type, `${type}State${suffix}`])) as Record<StateType, string>;

/** The event types of entering and leaving a state, by the state's type. */
export const enteredEvents = named("Entered");
export const exitedEvents = named("Exited");

/** The types of states that can be stopped while they wait. */
export const abortable: ReadonlySet<StateType> = new Set(["Map", "Parallel", "Task", "Wait"]);
