import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Choices, type Happening, inOrder, seeded } from "@ovsc/local";
import {
  type Batch,
  delegated,
  Injection,
  judge,
  type ListeningFaults,
  type Lived,
  type LocalDeployment,
  openLocal,
  runBatch,
  synthesizeThin,
} from "@ovsc/scripts/lived";
import { projectRoot } from "../lab/states.ts";

type Variant = Parameters<typeof synthesizeThin>[0];
type Placement = Batch["placements"][number];

/** Orders that are placed a second apart; the copy is deployed once the first half of them is placed. */
const [orders, placedBefore] = [12, 6];
/** How slow each answer of the outer world is, in seconds: orders are under way for some time. */
const slow = 2;
/** Its first charge gets no answer: it is tried again a minute later, by the code that is deployed then. */
const triedAgain = 3;
/** So dear that nobody lets it through unseen, in cents. */
const dearCents = 2_000_000;
const dear = [2, 10];

/** How orders go that began on the project as it is, and while which the learner's copy is deployed. */
export class InFlight {
  readonly #variant: Variant;
  readonly #assembly: string;
  /** One cloud for all seeds: most of a seed would be the loading of handlers, of both versions. */
  #cloud: Promise<LocalDeployment> | undefined;
  /** Of the seed that is lived now. */
  readonly #now: Now = { ...unheard };

  /** @param assembly of the copy's variant, with the thin SDK */
  constructor(variant: Variant, assembly: string) {
    this.#variant = variant;
    this.#assembly = assembly;
  }

  async live(seed: number, hear: (happening: Happening) => void): Promise<Lived> {
    const deployment = await (this.#cloud ??= this.#open());
    // What the reset does belongs to no seed.
    Object.assign(this.#now, unheard);
    await deployment.reset();
    const faults = new Injection(plan);
    Object.assign(this.#now, { faults, choices: seeded(seed), hear });
    let placed = 0;
    const outcome = await runBatch(batch, deployment, async () => {
      placed += 1;
      if (placed === placedBefore) deployment.update(this.#assembly);
      await deployment.pass(1);
    });
    const { findings } = judge(batch, { [this.#variant.name]: outcome });
    return { batch, outcome, findings, fired: faults.fired };
  }

  async #open(): Promise<LocalDeployment> {
    return openLocal(this.#variant, {
      assembly: await assemblyBefore(this.#variant.name),
      thin: true,
      repeatable: true,
      choices: { choose: (optionCount, what) => this.#now.choices.choose(optionCount, what) },
      faults: delegated(this.#now),
      onHappening: (happening) => this.#now.hear(happening),
    });
  }
}

interface Now {
  faults: ListeningFaults;
  choices: Choices;
  hear: (happening: Happening) => void;
}

const unheard: Now = { faults: {}, choices: inOrder, hear() {} };

const plan = (["inventory", "payment-gateway", "carrier"] as const).map(
  (dependency) => ({ kind: "slow-answer", dependency, attempts: "every", seconds: slow }) as const,
);

/** The same variant of the project: the version that is deployed when the orders begin. */
async function assemblyBefore(name: string): Promise<string> {
  const module = pathToFileURL(join(projectRoot, name, "src/variant.ts")).href;
  const { variant } = (await import(module)) as { readonly variant: Variant };
  return synthesizeThin(variant);
}

/** Whether an order was placed on the copy, and not on the version before it. */
export const isPlacedAfter = (orderId: string): boolean => numberOf(orderId) > placedBefore;

/** Whether an order is one that a check for fraud must not let through. */
export const isDear = (orderId: string): boolean => dear.includes(numberOf(orderId));

const numberOf = (orderId: string): number => Number(orderId.split("-").at(-1));

const batch: Batch = {
  name: "in-flight",
  stock: { TEAPOT: 100 },
  placements: Array.from({ length: orders }, (_, index) => placementOf(index + 1)),
};

function placementOf(number: number): Placement {
  const orderId = `in-flight-order-${number}`;
  const order: Placement["order"] = {
    orderId,
    customerId: `customer-${number}`,
    sku: "TEAPOT",
    quantity: 1,
    totalCents: dear.includes(number) ? dearCents : 2_499,
    currency: "GBP",
    paymentToken: number === triedAgain ? "tok_answer_lost_once" : "tok_visa",
    address: { name: "Ada", line1: "12 St James's Square", city: "London", postcode: "SW1A 1AA", country: "GB" },
  };
  return { placementId: `${orderId}-client`, order };
}
