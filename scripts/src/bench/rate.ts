/**
 * @param many does this much work at most and says how much it did
 * @returns work per second, measured for at least `forMs` after a warm-up of half as long
 */
export async function rate(many: () => Promise<number> | number, forMs = 4_000): Promise<number> {
  const warmUntilMs = performance.now() + forMs / 2;
  while (performance.now() < warmUntilMs) await many();
  const begunMs = performance.now();
  let done = 0;
  while (performance.now() - begunMs < forMs) done += await many();
  return (1000 * done) / (performance.now() - begunMs);
}
