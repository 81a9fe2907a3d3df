import { AwsError } from "../errors.ts";
import type { Item } from "./item/attribute-value.ts";

/** The request itself is wrong: shape, expression, key, size. */
export const invalid = (message: string): AwsError => new AwsError("ValidationException", message);

/** The request is not of the JSON types the API declares, so AWS could not read it. */
export const unreadable = (message: string): AwsError => new AwsError("SerializationException", message);

export const noSuchTable = (message = "Requested resource not found"): AwsError =>
  new AwsError("ResourceNotFoundException", message);

/** @param item the item as it stood, where the caller asked for it with ReturnValuesOnConditionCheckFailure */
export const conditionFailed = (item: Item | undefined): AwsError =>
  new AwsError("ConditionalCheckFailedException", "The conditional request failed", 400, item ? { Item: item } : {});

/** Why one action of a transaction could not be done; `None` for those that could. */
export interface CancellationReason {
  readonly Code: "None" | "ConditionalCheckFailed" | "ValidationError";
  readonly Message?: string;
  readonly Item?: Item;
}

export function transactionCancelled(reasons: readonly CancellationReason[]): AwsError {
  const codes = reasons.map((reason) => reason.Code).join(", ");
  const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`;
  return new AwsError("TransactionCanceledException", message, 400, { CancellationReasons: reasons });
}
