import { AwsError, UnknownFeature } from "../../errors.ts";
import { checkNesting } from "../../nesting.ts";
import { EventPattern, PatternError } from "../pattern/event-pattern.ts";
import { parseForMatching } from "../pattern/event-text.ts";
import { FlatEvent } from "../pattern/flat-event.ts";

/** AWS is known to take wildcards of this complexity, and to turn down those of `refusedComplexity`. */
const acceptedComplexity = 5;
const refusedComplexity = 11;

/**
 * @throws AwsError InvalidEventPatternException with AWS's reason; UnknownFeature for wildcards of a complexity at
 * which it is not known what AWS does
 */
export function compilePattern(text: string): EventPattern {
  let pattern: EventPattern;
  try {
    pattern = new EventPattern(text);
  } catch (error) {
    if (error instanceof PatternError) throw invalid(error.message);
    throw error;
  }
  const complexity = pattern.complexity(refusedComplexity);
  if (complexity >= refusedComplexity) {
    throw invalid(
      "Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences " +
        "after a wildcard character",
    );
  }
  if (complexity > acceptedComplexity)
    throw new UnknownFeature(`AWS's limit for wildcards of complexity ${complexity}`, text);
  return pattern;
}

const invalid = (reason: string): AwsError =>
  new AwsError("InvalidEventPatternException", `Event pattern is not valid. Reason: ${reason}`);

const required = ["id", "account", "source", "time", "region", "detail-type"];

/**
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TestEventPattern.html
 * @throws AwsError ValidationException for an event that lacks a field every event has
 */
export function testEventPattern(patternText: string, eventText: string): boolean {
  const pattern = compilePattern(patternText);
  return pattern.matches(new FlatEvent(readEvent(eventText)));
}

function readEvent(text: string): Readonly<Record<string, unknown>> {
  let event: unknown;
  try {
    checkNesting(text, "Event");
    event = parseForMatching(text);
  } catch (error) {
    if (error instanceof UnknownFeature) throw error;
    event = undefined;
  }
  if (typeof event === "object" && event !== null && required.every((name) => Object.hasOwn(event, name)))
    return event as Record<string, unknown>;
  throw new AwsError("ValidationException", "Parameter Event is not valid.");
}
