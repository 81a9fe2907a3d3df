import { type Happening, inOrder } from "@ovsc/local";
import {
  batchOf,
  bringHome,
  judge,
  lawUnderSweeps,
  type Lived,
  openLocal,
  placeBatch,
  readOutcome,
  refOf,
  scenarioNamed,
  type variantNamed,
} from "@ovsc/scripts/lived";

/** How an order goes that failed for want of something in its stack, which is mended before an operator comes. */
export interface Mended {
  readonly variant: ReturnType<typeof variantNamed>;
  /** What is deployed when the order comes, and by which it fails. */
  readonly before: string;
  /** What is deployed once it has failed. */
  readonly assembly: string;
  readonly scenario: string;
  readonly hear: (happening: Happening) => void;
}

/**
 * Redrives what failed by the stack of before, then has the sweeper begin another execution. A variant that has nothing
 * to redrive is left as it stopped.
 */
export async function liveMended({ variant, before, assembly, scenario, hear }: Mended): Promise<Lived> {
  const deployment = await openLocal(variant, { assembly: before, choices: inOrder, onHappening: hear });
  const batch = batchOf(scenarioNamed(scenario, "pnpm lab"), "");
  const incident = { placed: batch.placements.map(refOf), from: deployment.now() };
  await placeBatch(batch, deployment);
  const quietAtMs = Date.parse(deployment.now());
  deployment.update(assembly);
  const redriven = await bringHome(deployment, { remedy: "redrive" }, incident);
  const againAtMs = Date.parse(deployment.now());
  const again = redriven && (await bringHome(deployment, { remedy: "sweep", afterRest: true }, incident));
  const outcome = await readOutcome(batch, deployment);
  const { findings } = judge(batch, { [variant.name]: outcome }, lawUnderSweeps);
  const remedied = redriven && again && { done: [...redriven, ...again], quietAtMs, againAtMs };
  return { batch, outcome, findings, fired: [], ...(remedied && { remedied }) };
}
