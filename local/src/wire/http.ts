import { types } from "node:util";

/** What the SDK hands to its request handler, and Node programs to `https.request`. */
export interface HttpRequest {
  readonly method: string;
  /** Without port, for instance `dynamodb.us-east-1.amazonaws.com`. */
  readonly host: string;
  /** Without query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface HttpResponse {
  readonly statusCode: number;
  /** Names in lower case. */
  readonly headers: Record<string, string>;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** A header whatever its case; the SDK writes lower case, so that is tried first. */
export function header(request: HttpRequest, name: string): string | undefined {
  const value = request.headers[name];
  if (value !== undefined) return value;
  for (const key in request.headers) if (key.toLowerCase() === name) return request.headers[key];
  return undefined;
}

const encoder = new TextEncoder();

/** A response with a text body, whose length it tells as AWS does. */
export function respond(statusCode: number, headers: Record<string, string>, text: string): HttpResponse {
  // Of its own memory, since a handler sees that: Buffers of a text are cut from a pool.
  const body = Buffer.from(encoder.encode(text).buffer);
  headers["content-length"] = String(body.length);
  return { statusCode, headers, body };
}

/** The text of a body in any of the forms the SDK and Node programs give it. */
export function bodyText(body: unknown): string {
  if (body === undefined || body === null) return "";
  if (typeof body === "string") return body;
  // A handler's bytes are of its own realm.
  if (types.isUint8Array(body)) return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString();
  throw new TypeError(`a request body is a string or bytes, got ${Object.prototype.toString.call(body)}`);
}
