import { Bench } from "tinybench";

/** A figure measured several times: the median, the least and the most. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** Does some work and says how much. */
export type Work = () => Promise<number>;

export interface Turns {
  /** Work per second of one core's time. */
  readonly measured: Spread;
  readonly reference: Spread;
  /** The one divided by the other, turn by turn. */
  readonly ratio: Spread;
}

/** In milliseconds of one core's time. */
export interface Pace {
  /** How long a turn takes. */
  readonly turnMs: number;
  /** How long each kind of work is done before it is measured: each environment has code of its own to warm up. */
  readonly warmUpMs: number;
}

const turns = 7;

/** Two kinds of work, turn and turn about. */
export async function inTurns(measured: Work, reference: Work, { turnMs, warmUpMs }: Pace): Promise<Turns> {
  for (const warmUp of [measured, reference]) await ratePerCore(warmUp, warmUpMs);
  const pairs: { measured: number; reference: number }[] = [];
  for (let done = 0; done < turns; done += 1) {
    pairs.push({ measured: await ratePerCore(measured, turnMs), reference: await ratePerCore(reference, turnMs) });
  }
  return {
    measured: spread(pairs.map((pair) => pair.measured)),
    reference: spread(pairs.map((pair) => pair.reference)),
    ratio: spread(pairs.map((pair) => pair.measured / pair.reference)),
  };
}

/** One kind of work, several times. @returns work per second of one core's time */
export async function measure(work: Work, { turnMs, warmUpMs }: Pace): Promise<Spread> {
  await ratePerCore(work, warmUpMs);
  const rates: number[] = [];
  for (let done = 0; done < turns; done += 1) rates.push(await ratePerCore(work, turnMs));
  return spread(rates);
}

export function spread(figures: readonly number[]): Spread {
  const sorted = figures.toSorted((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)]!, least: sorted[0]!, most: sorted.at(-1)! };
}

async function ratePerCore(work: Work, forMs: number): Promise<number> {
  const bench = new Bench({ now: coreMs, time: forMs, iterations: 1, warmup: false, throws: true });
  let done = 0;
  bench.add("work", async () => {
    done += await work();
  });
  const [task] = await bench.run();
  const result = task!.result;
  if (!("totalTime" in result)) throw new Error(`the work was ${result.state}`);
  return (1000 * done) / result.totalTime;
}

/** What the process got of the cores so far, in milliseconds: what else the machine does changes it little. */
function coreMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
