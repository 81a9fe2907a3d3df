import { decorateServiceException, type ServiceException } from "@smithy/core/client";
import type { DirectError } from "../wire/direct.ts";
import { plain } from "../wire/plain.ts";
import type { ThinService } from "./thin-client.ts";

/** A class of the SDK's exceptions, with the name that the service's model gives it; a bundler shortens its own. */
export interface ExceptionClass {
  new (options: never): ServiceException;
  /** For instance `com.amazonaws.dynamodb#ConditionalCheckFailedException`. */
  readonly shapeId: string;
}

/**
 * The exception that the SDK throws for an error of AWS: of the class that the model names, or of the service's
 * own.
 */
export function exceptionOf(
  { exceptions, exception: Base }: ThinService,
  { requestId, error }: { requestId: string; error: DirectError },
): ServiceException {
  const { code, message, statusCode } = error;
  const body = { ...(plain(error.members, notJson) as object), __type: code, message };
  const Known = exceptions.find(({ shapeId }) => shapeId.endsWith(`#${code}`));
  const exception = Known ? new Known({} as never) : new Base({ name: code } as never);
  return decorateServiceException(
    Object.assign(exception, {
      $metadata: { httpStatusCode: statusCode, requestId },
      ...(Known ? { message } : { $fault: statusCode < 500 ? "client" : "server" }),
    }),
    body,
  );
}

function notJson(what: string): never {
  throw new TypeError(`an error of AWS holds ${what}`);
}

/** The error of a connection that broke, as the SDK's HTTP handler names it; any other error is the cloud's own. */
export function connectionError(broken: Error): Error {
  const { message, code } = broken as Error & { code?: unknown };
  if (code === undefined) return broken;
  return Object.assign(new Error(message), { name: "TimeoutError", code });
}
