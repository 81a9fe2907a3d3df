import { EventEmitter } from "node:events";
import { UnknownFeature } from "../errors.ts";
import type { HttpRequest, HttpResponse } from "./http.ts";
import { bodyText } from "./http.ts";

/** Sends a request; `answer` is called with its response, with the error of a lost connection, or never. */
export type Send = (request: HttpRequest, answer: (outcome: HttpResponse | Error) => void) => void;

interface RequestOptions {
  readonly method?: string;
  readonly host?: string;
  readonly hostname?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The parts of `node:https` and `node:http` that the SDK's NodeHttpHandler uses, without a socket beneath. */
export interface HttpsModule {
  request(options: RequestOptions, onResponse?: (response: Response) => void): Request;
  readonly Agent: typeof Agent;
  readonly globalAgent: Agent;
}

export function nodeHttps(send: Send): HttpsModule {
  return {
    request: (options, onResponse) => {
      if (typeof options !== "object" || options instanceof URL) {
        throw new UnknownFeature("https.request with a URL instead of options", String(options));
      }
      return new Request(send, options, onResponse);
    },
    Agent,
    globalAgent: new Agent(),
  };
}

/** Keeps what it is given, since the SDK reads it back, and pools nothing. */
class Agent {
  readonly sockets = {};
  readonly requests = {};
  readonly keepAlive: boolean;
  readonly maxSockets: number;

  constructor({ keepAlive = false, maxSockets = Infinity }: { keepAlive?: boolean; maxSockets?: number } = {}) {
    this.keepAlive = keepAlive;
    this.maxSockets = maxSockets;
  }

  destroy(): void {}
}

/** Nothing is ever idle on it: an answer comes whole, or not at all. */
const socket = {
  connecting: false,
  setKeepAlive: () => socket,
  setTimeout: () => socket,
  on: () => socket,
  once: () => socket,
  removeListener: () => socket,
  destroy: () => socket,
};

class Request extends EventEmitter {
  readonly socket = socket;
  readonly #send: Send;
  readonly #options: RequestOptions;
  #body = "";
  #destroyed = false;

  constructor(send: Send, options: RequestOptions, onResponse: ((response: Response) => void) | undefined) {
    super();
    this.#send = send;
    this.#options = options;
    if (onResponse) this.once("response", onResponse);
  }

  write(chunk: string | Uint8Array): boolean {
    this.#body += bodyText(chunk);
    return true;
  }

  end(chunk?: string | Uint8Array): this {
    const { method = "GET", host, hostname, path = "/", headers = {} } = this.#options;
    const mark = path.indexOf("?");
    const request = {
      method,
      host: hostname ?? host ?? "localhost",
      path: mark < 0 ? path : path.slice(0, mark),
      query: mark < 0 ? {} : Object.fromEntries(new URLSearchParams(path.slice(mark + 1))),
      headers,
      body: this.#body + bodyText(chunk),
    };
    this.#send(request, (outcome) => this.#receive(outcome));
    return this;
  }

  setTimeout(): this {
    return this;
  }

  destroy(error?: Error): this {
    if (this.#destroyed) return this;
    this.#destroyed = true;
    if (error) this.emit("error", error);
    this.emit("close");
    return this;
  }

  #receive(outcome: HttpResponse | Error): void {
    if (this.#destroyed) return;
    if (outcome instanceof Error) {
      this.destroy(outcome);
      return;
    }
    this.emit("response", new Response(outcome));
    // The SDK clears its timers on "close".
    this.destroy();
  }
}

/**
 * An incoming message whose body is already here: it is these bytes as well. So the SDK takes them as they are, instead
 * of a stream of its own for each answer.
 */
class Response extends Uint8Array {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly complete = true;

  constructor({ statusCode, headers, body }: HttpResponse) {
    super(body.buffer, body.byteOffset, body.byteLength);
    this.statusCode = statusCode;
    this.headers = headers;
  }

  /** What is made of its bytes is no message. */
  static get [Symbol.species](): Uint8ArrayConstructor {
    return Uint8Array;
  }

  get #chunk(): Buffer {
    return Buffer.from(this.buffer, this.byteOffset, this.byteLength);
  }

  pipe<Sink extends { end(bytes: Uint8Array): unknown }>(sink: Sink): Sink {
    sink.end(this.#chunk);
    return sink;
  }

  on(event: string, listener: (chunk?: Uint8Array) => void): this {
    // "data" before "end", whichever is listened to first.
    if (event === "data") queueMicrotask(() => listener(this.#chunk));
    else if (event === "end") queueMicrotask(() => queueMicrotask(() => listener()));
    return this;
  }

  once(event: string, listener: (chunk?: Uint8Array) => void): this {
    return this.on(event, listener);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    yield this.#chunk;
  }

  setEncoding(): never {
    throw new UnknownFeature("setEncoding of an HTTP response", "node:https");
  }

  resume(): this {
    return this;
  }

  destroy(): this {
    return this;
  }
}
