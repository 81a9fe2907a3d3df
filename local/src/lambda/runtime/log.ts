import { Console } from "node:console";
import { format, types } from "node:util";
import type { Logging } from "../function.ts";

/** Where a handler's lines go, and what Lambda writes before each. */
export interface LogSink {
  readonly logging: Logging;
  nowIso(): string;
  requestId(): string;
  line(text: string): void;
}

const levels = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"] as const;

/** Console methods that Lambda's runtime replaces, by the level they log at. */
const methods = { trace: "TRACE", debug: "DEBUG", log: "INFO", info: "INFO", warn: "WARN", error: "ERROR" } as const;

/** A stream that takes lines: `process.stdout` and `process.stderr` of a handler. */
export const outputStream = (sink: LogSink, fd: number) => ({
  fd,
  isTTY: false,
  writable: true,
  write: (text: string | Uint8Array): boolean => {
    sink.line((typeof text === "string" ? text : Buffer.from(text).toString()).replace(/\n$/, ""));
    return true;
  },
  on: () => undefined,
  once: () => undefined,
  removeListener: () => undefined,
});

/**
 * The console of a handler, with the lines that Node's runtime on Lambda writes.
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
 */
export function lambdaConsole(sink: LogSink): Console {
  const stream = outputStream(sink, 1) as unknown as NodeJS.WritableStream;
  const console = new Console({ stdout: stream, stderr: stream });
  const lowest = levels.indexOf((sink.logging.applicationLevel ?? "INFO") as (typeof levels)[number]);
  const write = sink.logging.format === "JSON" ? jsonLine : textLine;
  for (const [method, level] of Object.entries(methods)) {
    const silent = sink.logging.format === "JSON" && levels.indexOf(level) < lowest;
    const log = silent ? () => {} : (...values: unknown[]) => sink.line(write(sink, level, values));
    console[method as keyof typeof methods] = log;
  }
  return console;
}

const textLine = (sink: LogSink, level: string, values: unknown[]) =>
  `${sink.nowIso()}\t${sink.requestId()}\t${level}\t${format(...values)}`;

function jsonLine(sink: LogSink, level: string, values: unknown[]): string {
  const line: Record<string, unknown> = { timestamp: sink.nowIso(), level, requestId: sink.requestId() };
  if (values.length === 1) {
    try {
      return JSON.stringify({ ...line, message: values[0] }, errorAsObject);
    } catch {
      return JSON.stringify({ ...line, message: format(values[0]) });
    }
  }
  const error = values.find(types.isNativeError);
  return JSON.stringify({ ...line, message: format(...values), ...(error && describeError(error)) });
}

const errorAsObject = (_key: string, value: unknown) =>
  types.isNativeError(value) ? Object.assign(describeError(value), value) : value;

const describeError = (error: Error) => ({
  errorType: error.constructor.name,
  errorMessage: error.message,
  stackTrace: error.stack?.split("\n") ?? [],
});
