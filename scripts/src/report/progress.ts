/** How often a long run says where it is, in milliseconds of real time. */
const everyMs = 5_000;

/** A progress line on stderr, for runs that take longer than a glance. */
export function progress(total: number): { add(orders: number, findings: number): void; end(): void } {
  const begunMs = performance.now();
  let shownMs = begunMs;
  let done = 0;
  return {
    add(orders, findings) {
      done += orders;
      const nowMs = performance.now();
      if (nowMs - shownMs < everyMs) return;
      shownMs = nowMs;
      const leftMs = ((nowMs - begunMs) / done) * (total - done);
      process.stderr.write(
        `${done.toLocaleString("en")} of ${total.toLocaleString("en")} orders, ${findings} findings, ` +
          `about ${Math.ceil(leftMs / 1000)} s left\n`,
      );
    },
    end() {
      if (shownMs !== begunMs)
        process.stderr.write(
          `${done.toLocaleString("en")} orders in ${Math.round((performance.now() - begunMs) / 1000)} s\n`,
        );
    },
  };
}
