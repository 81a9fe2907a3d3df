/**
 * An answer, for as long as the client waits for it. What it asked for goes on without it.
 * @throws AbortError, as the SDK's own request handler does
 */
export function unlessAborted<Answer>(answer: Promise<Answer>, signal: AbortSignal): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const hangUp = () => reject(Object.assign(new Error("Request aborted"), { name: "AbortError" }));
  if (signal.aborted) hangUp();
  else signal.addEventListener("abort", hangUp, { once: true });
  answer.then(resolve, reject);
  return promise;
}
