import type { AwsError } from "../errors.ts";
import type { HttpRequest, HttpResponse } from "./http.ts";

/** A request understood: which operation is called with what, and how its protocol writes the answer. */
export interface Call<Answer = HttpResponse> {
  readonly service: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Writes the operation's output. */
  answer(output: unknown, requestId: string): Answer;
  /** Writes an error, so that the SDK throws its typed exception. */
  refuse(error: AwsError, requestId: string): Answer;
}

/** How a service is spoken to over HTTP. */
export type Protocol = AwsJson | Paths;

/** AWS JSON 1.0 and 1.1: the operation stands in the header `x-amz-target`. */
export interface AwsJson {
  readonly kind: "AWS JSON";
  readonly version: "1.0" | "1.1";
  /** The first half of `x-amz-target`, which names the service and its version. */
  readonly target: string;
  /** Headers of an error, beside those of the protocol. */
  readonly errorHeaders?: (error: AwsError) => Readonly<Record<string, string>>;
}

/** Whatever is recognized by method and path. */
export interface Paths {
  readonly kind: "paths";
  /**
   * @returns undefined where the path is not this service's
   * @throws UnknownFeature for a path of this service that the cloud does not know
   */
  read(request: HttpRequest): Call | undefined;
}
