import { UnknownFeature } from "../../errors.ts";

/** Reads one value of an event; undefined where the event has none there. */
export type EventPath = (event: unknown) => unknown;

const stepPattern = /\.([\w/-]+)|\.?\['([^']+)'\]|\.?\["([^"]+)"\]|\[(\d+)\]/y;

/**
 * The JSON paths EventBridge takes: names, dashes, slashes and array indices.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 * @throws UnknownFeature for wildcards and all else
 */
export function compileEventPath(path: string, where: string): EventPath {
  const steps: string[] = [];
  let at = 1;
  while (path.startsWith("$") && at < path.length) {
    stepPattern.lastIndex = at;
    const match = stepPattern.exec(path);
    if (!match) break;
    steps.push((match[1] ?? match[2] ?? match[3] ?? match[4])!);
    at = stepPattern.lastIndex;
  }
  if (!path.startsWith("$") || at < path.length) throw new UnknownFeature(`JSON path ${path}`, where);
  return (event) => steps.reduce(child, event);
}

const child = (value: unknown, step: string): unknown =>
  typeof value === "object" && value !== null && Object.hasOwn(value, step)
    ? (value as Record<string, unknown>)[step]
    : undefined;
