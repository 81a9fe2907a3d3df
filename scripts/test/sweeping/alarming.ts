import type { Faults } from "@ovsc/local";

/** Lets a function die at its first calls, so many. */
function crashing(name: string, times: number): Required<Pick<Faults, "onAwsCall">> {
  let crashed = 0;
  return {
    onAwsCall: ({ functionName }) =>
      functionName.includes(name) && crashed < times ? ((crashed += 1), "crash before") : undefined,
  };
}

/** What goes wrong beyond the budget, and the alarms by which a person hears of it. */
export interface Alarming {
  readonly title: string;
  readonly variant: string;
  readonly scenario: string;
  readonly faults: () => Faults;
  readonly alarms: readonly string[];
}

/** Nobody hears of the order: its first step dies on every try, and so do its undo, the parking, and a sweep. */
function unheard(): Faults {
  const steps = ["CreateOrder", "RefundPayment", "ParkOrder"].map((name) => crashing(name, 3));
  const crashes = [...steps, crashing("Sweep", 1)];
  return { onAwsCall: (call) => crashes.map(({ onAwsCall }) => onAwsCall(call)).find((fault) => fault !== undefined) };
}

/** @returns what is alarming in any variant */
export const sweepThatFails = (variant: string): Alarming => ({
  title: "a sweep that failed",
  variant,
  scenario: "happy",
  faults: unheard,
  alarms: ["FailedSweeps", "Sweeps"],
});

export const alarming: readonly Alarming[] = [
  {
    title: "a dead letter",
    variant: "choreography",
    scenario: "refund-fails",
    faults: () => crashing("ParkOrder", 3),
    alarms: ["DeadLettersLeft", "ParkedOrders", "Sweeps"],
  },
  {
    title: "a failure destination that loses its record",
    variant: "choreography",
    scenario: "happy",
    faults: () => ({ ...crashing("ReserveInventory", 3), onDestination: () => "lose record" as const }),
    alarms: ["FailedDestinations", "Sweeps"],
  },
  {
    title: "an execution that ended otherwise than the saga does",
    variant: "orchestration",
    scenario: "refund-fails",
    faults: () => crashing("ParkOrder", 3),
    alarms: ["FailedExecutions", "ParkedOrders", "Sweeps"],
  },
  {
    title: "a workflow that ended otherwise than the saga does",
    variant: "durable",
    scenario: "refund-fails",
    faults: () => crashing("ParkOrder", 3),
    alarms: ["ParkedOrders", "StoppedWorkflows", "Sweeps"],
  },
];
