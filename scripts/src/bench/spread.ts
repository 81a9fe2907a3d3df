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

/** How long work goes on between two looks at the clock, which take a millisecond each in a process of many threads. */
const sliceMs = 50;

/** Two kinds of work, turn and turn about. */
export async function inTurns(measured: Work, reference: Work, { turnMs, warmUpMs }: Pace): Promise<Turns> {
  const [own, other] = [await warmedUp(measured, warmUpMs), await warmedUp(reference, warmUpMs)];
  const pairs: { measured: number; reference: number }[] = [];
  for (let done = 0; done < turns; done += 1) {
    pairs.push({ measured: await ratePerCore(own, turnMs), reference: await ratePerCore(other, turnMs) });
  }
  return {
    measured: spread(pairs.map((pair) => pair.measured)),
    reference: spread(pairs.map((pair) => pair.reference)),
    ratio: spread(pairs.map((pair) => pair.measured / pair.reference)),
  };
}

/** One kind of work, several times. @returns work per second of one core's time */
export async function measure(work: Work, { turnMs, warmUpMs }: Pace): Promise<Spread> {
  const warm = await warmedUp(work, warmUpMs);
  const rates: number[] = [];
  for (let done = 0; done < turns; done += 1) rates.push(await ratePerCore(warm, turnMs));
  return spread(rates);
}

export function spread(figures: readonly number[]): Spread {
  const sorted = figures.toSorted((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)]!, least: sorted[0]!, most: sorted.at(-1)! };
}

/** Does the work for so long. @returns the same work in slices */
async function warmedUp(work: Work, forMs: number): Promise<Work> {
  let times = 0;
  await ratePerCore(() => {
    times += 1;
    return work();
  }, forMs);
  const inSlice = Math.max(1, Math.round((times * sliceMs) / forMs));
  return async () => {
    let done = 0;
    for (let each = 0; each < inSlice; each += 1) done += await work();
    return done;
  };
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
