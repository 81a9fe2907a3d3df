/** Redactions of the recordings: they stand for any text. */
const tokens = [
  "<[A-Za-z0-9_:-]+>",
  "\\b(?:timestamp|date|datetime|start-date|stop-date)\\b",
  "\\b(?:snf_role_arn|sfn_role_arn|sqs_queue_url|sqs_queue_name)\\b",
  "\\b(?:lambda_function_name|state-machine-arn|execution-arn)\\b",
  "\\b(?:activity_arn|table-name|a_task_token|RequestId|X-Amzn-Trace-Id|x-amzn-[Rr]equest[Ii]d|x-amz-crc32)\\b",
  "\\b\\w+EventDetails\\.\\w+\\b",
].join("|");
const redaction = new RegExp(tokens, "g");
/** A value that was replaced as a whole; what it was, text or not, is not known. */
const redacted = new RegExp(`^(?:${tokens})$`);

/**
 * Whether what we gave is what AWS was recorded to give: redactions match any text, a text of JSON is compared as
 * JSON, and of a function's error only its type and message count, for a stack trace is the runtime's own.
 */
export function tolerantlyEqual(expected: unknown, actual: unknown): boolean {
  if (isObject(expected) || Array.isArray(expected)) return sameStructure(expected, fromText(actual));
  if (typeof expected !== "string") return expected === fromText(actual);
  if (expected === actual || redacted.test(expected)) return true;
  const read = fromText(expected);
  if (typeof read !== "string") return tolerantlyEqual(read, actual);
  if (read === actual) return true;
  if (typeof actual !== "string") return false;
  return matchesRedacted(expected, actual);
}

function sameStructure(expected: object, actual: unknown): boolean {
  if (Array.isArray(expected)) {
    return (
      Array.isArray(actual) &&
      expected.length === actual.length &&
      expected.every((item, index) => tolerantlyEqual(item, actual[index]))
    );
  }
  if (!isObject(expected) || !isObject(actual)) return false;
  if (isFunctionError(expected)) {
    return expected.errorType === actual.errorType && expected.errorMessage === actual.errorMessage;
  }
  const keys = Object.keys(expected);
  return (
    keys.length === Object.keys(actual).length &&
    keys.every((key) =>
      Object.keys(actual).some((own) => sameName(key, own) && tolerantlyEqual(expected[key], actual[own])),
    )
  );
}

/** Names of headers differ in case from recording to recording. */
const sameName = (expected: string, actual: string) =>
  matchesRedacted(expected, actual) || (/^x-amz/i.test(expected) && expected.toLowerCase() === actual.toLowerCase());

function matchesRedacted(expected: string, actual: string): boolean {
  if (expected === actual) return true;
  if (expected.search(redaction) < 0) return false;
  const pattern = expected
    .split(redaction)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join("[\\s\\S]*");
  return new RegExp(`^${pattern}$`).test(actual);
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isFunctionError = (value: Readonly<Record<string, unknown>>) => "errorType" in value && "stackTrace" in value;

function fromText(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

/** Types in sequence, or as a multiset where branches or iterations may interleave. */
export function sameEventTypes(expected: readonly string[], actual: readonly string[], concurrent: boolean): boolean {
  const ordered = (types: readonly string[]) => (concurrent ? types.toSorted() : types).join();
  return ordered(expected) === ordered(actual);
}
