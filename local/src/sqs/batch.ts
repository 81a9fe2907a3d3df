import { AwsError } from "../errors.ts";
import type { Input } from "./parameters.ts";
import type { Queue } from "./queue.ts";

const maxEntries = 10;

/**
 * Runs `each` for the entries of a batch: an entry fails alone, the call only where the batch itself is wrong.
 * @param kind of the entries, in AWS's words
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html
 */
export function batch(
  queue: Queue,
  input: Input,
  kind: string,
  each: (queue: Queue, entry: Input) => unknown,
): { Successful: unknown[]; Failed?: unknown[] } {
  const entries = (input["Entries"] ?? []) as readonly (Input & { Id?: string })[];
  check(
    entries.map(({ Id = "" }) => Id),
    kind,
  );
  const successful: unknown[] = [];
  const failed: unknown[] = [];
  for (const entry of entries) {
    try {
      successful.push({ Id: entry.Id, ...(each(queue, entry) as object | undefined) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      failed.push({ Id: entry.Id, SenderFault: error.statusCode < 500, Code: error.code, Message: error.message });
    }
  }
  return failed.length === 0 ? { Successful: successful } : { Successful: successful, Failed: failed };
}

function check(ids: readonly string[], kind: string): void {
  if (ids.length === 0) throw new AwsError("EmptyBatchRequest", `There should be at least one ${kind} in the request.`);
  if (ids.length > maxEntries) {
    throw new AwsError(
      "TooManyEntriesInBatchRequest",
      `Maximum number of entries per request are ${maxEntries}. You have sent ${ids.length}.`,
    );
  }
  const invalid = ids.find((id) => !/^[\w-]{1,80}$/.test(id));
  if (invalid !== undefined) {
    throw new AwsError(
      "InvalidBatchEntryId",
      "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at " +
        "most 80 letters long.",
    );
  }
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined) throw new AwsError("BatchEntryIdsNotDistinct", `Id ${repeated} repeated.`);
}
