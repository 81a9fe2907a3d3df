import { EventEmitter } from "node:events";
import type { Clock } from "../../clock.ts";
import type { LogSink } from "./log.ts";
import { outputStream } from "./log.ts";
import { type Refuse, refusing } from "./refusing.ts";

/** Thrown by `process.exit`, so that nothing of the handler runs on. */
export class ProcessExit extends Error {
  override readonly name = "ProcessExit";
  readonly code: number;

  constructor(code: number) {
    super(`process.exit(${code})`);
    this.code = code;
  }
}

const refused = ["abort", "chdir", "cpuUsage", "dlopen", "kill", "memoryUsage", "resourceUsage", "send"];

/**
 * `process` as a handler sees it: its own environment variables, virtual time, no way out but ending the
 * environment.
 */
export function handlerProcess(
  env: Record<string, string>,
  clock: Clock,
  sink: LogSink,
  onExit: (code: number) => void,
  refuse: Refuse,
): NodeJS.Process {
  const startMs = clock.nowMs;
  const nanoseconds = () => BigInt(Math.round((clock.nowMs - startMs) * 1e6));
  const hrtime = (previous?: readonly [number, number]): [number, number] => {
    const now = nanoseconds() - (previous ? BigInt(previous[0]) * 1_000_000_000n + BigInt(previous[1]) : 0n);
    return [Number(now / 1_000_000_000n), Number(now % 1_000_000_000n)];
  };
  hrtime.bigint = nanoseconds;
  const own = {
    ...refusing(refuse, "process", process, refused),
    env,
    title: "node",
    pid: 2,
    ppid: 1,
    platform: "linux",
    arch: "x64",
    version: process.version,
    versions: process.versions,
    release: process.release,
    features: process.features,
    config: process.config,
    argv: ["/var/lang/bin/node", "/var/runtime/index.mjs"],
    argv0: "/var/lang/bin/node",
    execArgv: [],
    execPath: "/var/lang/bin/node",
    exitCode: undefined,
    stdout: outputStream(sink, 1),
    stderr: outputStream(sink, 2),
    cwd: () => "/var/task",
    umask: () => 0o22,
    uptime: () => (clock.nowMs - startMs) / 1000,
    hrtime,
    nextTick: process.nextTick.bind(process),
    emitWarning: (warning: unknown) => sink.line(`(node:2) ${String(warning)}`),
    exit: (code: unknown = 0): never => {
      const status = Number(code) || 0;
      onExit(status);
      throw new ProcessExit(status);
    },
  };
  return Object.assign(new EventEmitter(), own) as unknown as NodeJS.Process;
}
