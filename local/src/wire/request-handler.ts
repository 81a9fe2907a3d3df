import type { Caller } from "../service.ts";
import type { HttpResponse } from "./http.ts";
import { bodyText } from "./http.ts";
import { unlessAborted } from "./unless-aborted.ts";
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

/** What a program may say of one call. */
interface SdkOptions {
  /** An AbortSignal; the SDK's type has room for what there was before Node.js had them. */
  readonly abortSignal?: unknown;
}

/** What an SDK v3 client takes as `requestHandler`. */
export interface RequestHandler {
  readonly metadata: { readonly handlerProtocol: string };
  /** @throws AbortError once the client has aborted; what it asked for goes on */
  handle(request: SdkRequest, options?: SdkOptions): Promise<{ response: HttpResponse }>;
  destroy(): void;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): Record<string, never>;
}

/**
 * The request handler for programs outside the cloud. It answers at once, without the clock, so that
 * `await client.send(…)` works while nobody runs the clock; only a call that takes virtual time, such as a
 * synchronous Invoke, is answered when the clock gets there.
 */
export function requestHandler(wire: Wire, caller: Caller): RequestHandler {
  return {
    metadata: { handlerProtocol: "http/1.1" },
    handle: async ({ method, hostname, path, query, headers, body }, { abortSignal } = {}) => {
      // A body that is a Uint8Array is what lets the SDK do without streams.
      const answer = wire.dispatch(caller, {
        method,
        host: hostname,
        path,
        query: flatQuery(query),
        headers,
        body: bodyText(body),
      });
      return { response: await (abortSignal ? unlessAborted(answer, abortSignal as AbortSignal) : answer) };
    },
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
