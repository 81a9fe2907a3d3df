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

const turns = 7;

/**
 * Two kinds of work, turn and turn about. Time is what the process got of the cores, so that what else the machine does
 * meanwhile changes little.
 * @param turnMs how long a turn takes, in milliseconds of one core's time
 */
export async function inTurns(measured: Work, reference: Work, turnMs = 600): Promise<Turns> {
  const perCoreSecond = (work: Work) => rateOf(work, turnMs);
  for (const warmUp of [measured, reference]) await perCoreSecond(warmUp);
  const pairs: { measured: number; reference: number }[] = [];
  for (let done = 0; done < turns; done += 1) {
    pairs.push({ measured: await perCoreSecond(measured), reference: await perCoreSecond(reference) });
  }
  return {
    measured: spread(pairs.map((pair) => pair.measured)),
    reference: spread(pairs.map((pair) => pair.reference)),
    ratio: spread(pairs.map((pair) => pair.measured / pair.reference)),
  };
}

async function rateOf(work: Work, turnMs: number): Promise<number> {
  const begun = process.cpuUsage();
  let [done, takenMs] = [0, 0];
  while (takenMs < turnMs) {
    done += await work();
    const { user, system } = process.cpuUsage(begun);
    takenMs = (user + system) / 1000;
  }
  return (1000 * done) / takenMs;
}

export function spread(figures: readonly number[]): Spread {
  const sorted = figures.toSorted((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)]!, least: sorted[0]!, most: sorted.at(-1)! };
}
