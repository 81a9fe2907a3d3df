import type { Caller } from "../service.ts";
import type { HttpResponse } from "./http.ts";
import { bodyText } from "./http.ts";
import type { Wire } from "./wire.ts";

/** As much of the SDK's HTTP request as is read here. */
interface SdkRequest {
  readonly method: string;
  readonly hostname: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What an SDK v3 client takes as `requestHandler`. */
export interface RequestHandler {
  readonly metadata: { readonly handlerProtocol: string };
  handle(request: SdkRequest): Promise<{ response: HttpResponse }>;
  destroy(): void;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): Record<string, never>;
}

/**
 * The request handler for programs outside the cloud. It answers at once, without the clock, so that
 * `await client.send(…)` works while nobody runs the clock; only a call that takes virtual time, such as a synchronous
 * Invoke, is answered when the clock gets there.
 */
export function requestHandler(wire: Wire, caller: Caller): RequestHandler {
  return {
    metadata: { handlerProtocol: "http/1.1" },
    handle: async ({ method, hostname, path, query, headers, body }) => ({
      // A body that is a Uint8Array is what lets the SDK do without streams.
      response: await wire.dispatch(caller, {
        method,
        host: hostname,
        path,
        query: flatQuery(query),
        headers,
        body: bodyText(body),
      }),
    }),
    destroy: () => {},
    updateHttpClientConfig: () => {},
    httpHandlerConfigs: () => ({}),
  };
}

const noQuery = {};

function flatQuery(query: SdkRequest["query"]): Readonly<Record<string, string>> {
  if (!query) return noQuery;
  const entries = Object.entries(query).map(([name, value]) => [
    name,
    typeof value === "string" ? value : (value?.[0] ?? ""),
  ]);
  return Object.fromEntries(entries) as Record<string, string>;
}
