import { AwsError, UnknownFeature } from "../src/errors.ts";
import { EventPattern } from "../src/events/pattern/event-pattern.ts";
import { parseForMatching } from "../src/events/pattern/event-text.ts";
import { FlatEvent } from "../src/events/pattern/flat-event.ts";
import { PatternError } from "../src/events/pattern/json-tokens.ts";
import { testEventPattern } from "../src/events/rule/compile-pattern.ts";

/** How the embedded cloud did on one recorded case. */
export type CaseResult =
  | { readonly kind: "passed" }
  | { readonly kind: "refused"; readonly why: string }
  | { readonly kind: "failed"; readonly why: string };

/** A pattern and an event, and what AWS (or event-ruler, which judges any JSON) answered. */
export interface PatternCase {
  readonly name: string;
  readonly pattern?: unknown;
  readonly event?: unknown;
  readonly pattern_text?: string;
  readonly event_text?: string;
  readonly expected: boolean | string;
  /** Of event-ruler the message, of AWS the whole error; `MessageRaw` has the place in the text that was sent. */
  readonly error?: string | { readonly Code: string; readonly Message: string; readonly MessageRaw?: string } | null;
  /** Only event-ruler's cases have this member. */
  readonly validation_only?: boolean;
}

interface Answer {
  readonly matches?: boolean;
  readonly code?: string;
  readonly message?: string;
}

/** Judges the embedded cloud's event patterns by one recorded case. */
export function runPatternCase(recorded: PatternCase): CaseResult {
  const pattern = recorded.pattern_text ?? spaced(recorded.pattern);
  const event = recorded.event_text ?? JSON.stringify(recorded.event);
  try {
    return compare(
      recorded,
      recorded.validation_only === undefined ? askCloud(pattern, event) : askMatcher(pattern, event),
    );
  } catch (error) {
    if (error instanceof UnknownFeature) return { kind: "refused", why: error.message };
    throw error;
  }
}

function askCloud(pattern: string, event: string): Answer {
  try {
    return { matches: testEventPattern(pattern, event) };
  } catch (error) {
    if (error instanceof AwsError) return { code: error.code, message: error.message };
    throw error;
  }
}

function askMatcher(pattern: string, event: string): Answer {
  try {
    return {
      matches: new EventPattern(pattern).matches(new FlatEvent(parseForMatching(event) as Record<string, unknown>)),
    };
  } catch (error) {
    if (error instanceof PatternError) return { message: error.message };
    throw error;
  }
}

function compare({ expected, error }: PatternCase, answer: Answer): CaseResult {
  if (typeof expected === "boolean") {
    return answer.matches === expected ? { kind: "passed" } : failed(String(expected), answer);
  }
  if (answer.message === undefined) return failed("an error", answer);
  if (typeof error === "string") return answer.message === error ? { kind: "passed" } : failed(error, answer);
  if (!error) return { kind: "passed" };
  if (error.Code !== answer.code) return failed(error.Code, answer);
  const wanted = error.MessageRaw ?? error.Message;
  // A redacted part such as <region> stood for a longer text, which moved every column after it.
  const isRedacted = /<[a-z-]+>/.test(wanted) || !wanted.includes("[Source:");
  const same = isRedacted ? withoutPlace(wanted) === withoutPlace(answer.message) : wanted === answer.message;
  return same ? { kind: "passed" } : failed(wanted, answer);
}

const failed = (wanted: string, answer: Answer): CaseResult => ({
  kind: "failed",
  why: `AWS answered ${wanted}, the embedded cloud ${answer.message ?? String(answer.matches)}`,
});

const withoutPlace = (message: string): string => message.split("\n at [Source:")[0]!;

/** JSON text with a space after each comma and colon, as the recorder sent it. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([name, member]) => `${JSON.stringify(name)}: ${spaced(member)}`)
    .join(", ")}}`;
}
