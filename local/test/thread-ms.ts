/** Milliseconds that this thread has computed so far: a busy machine does not lengthen them. */
export function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
