import type { ServiceDescriptor } from "../descriptor.ts";
import { AwsError, UnknownFeature } from "../errors.ts";
import type { Ids } from "../identity.ts";
import type { Api, Caller } from "../service.ts";
import { readAwsJson, refuseInJson, type JsonServices } from "./aws-json.ts";
import type { HttpRequest, HttpResponse } from "./http.ts";
import { header } from "./http.ts";
import type { Call, Paths } from "./protocol.ts";

/** Turns AWS's HTTP requests into calls of the cloud, and their outcomes into AWS's HTTP responses. */
export class Wire {
  readonly #api: Api;
  readonly #ids: Ids;
  readonly #region: string;
  readonly #onRefusal: (refusal: UnknownFeature) => void;
  readonly #jsonServices: JsonServices;
  readonly #paths: readonly Paths[];
  readonly #knownHosts = new Set<string>();

  /** @param onRefusal hears of each call that is answered with an error because the cloud does not know it */
  constructor({
    api,
    ids,
    region,
    services,
    onRefusal = () => {},
  }: {
    api: Api;
    ids: Ids;
    region: string;
    services: readonly ServiceDescriptor[];
    onRefusal?: (refusal: UnknownFeature) => void;
  }) {
    this.#api = api;
    this.#ids = ids;
    this.#region = region;
    this.#onRefusal = onRefusal;
    this.#jsonServices = new Map(
      services.flatMap(({ name, protocol }) =>
        protocol?.kind === "AWS JSON" ? [[protocol.target, { service: name, protocol }]] : [],
      ),
    );
    this.#paths = services.flatMap(({ protocol }) => (protocol?.kind === "paths" ? [protocol] : []));
  }

  /**
   * @throws UnknownFeature for a host that is not this region's AWS, a service or a path the cloud does not know
   * @throws AwsError for a body that is not JSON
   */
  read(request: HttpRequest): Call {
    this.#checkHost(request.host);
    const target = header(request, "x-amz-target");
    if (target !== undefined) return readAwsJson(request, target, this.#jsonServices);
    for (const protocol of this.#paths) {
      const call = protocol.read(request);
      if (call) return call;
    }
    throw new UnknownFeature(`${request.method} ${request.path}`, request.host);
  }

  /** Carries a call out. An error AWS would give is an answer; a rejection is a fault of the cloud itself. */
  async carryOut<Answer>(caller: Caller, call: Call<Answer>): Promise<Answer> {
    const requestId = this.#ids.uuid();
    try {
      return call.answer(await this.#api(caller, call.service, call.operation, call.input), requestId);
    } catch (error) {
      return call.refuse(this.#asAwsError(error), requestId);
    }
  }

  /** Answers a call, with an output or an error, without carrying it out. */
  answer<Answer>(call: Call<Answer>, answer: object): Answer {
    const requestId = this.#ids.uuid();
    return answer instanceof AwsError ? call.refuse(answer, requestId) : call.answer(answer, requestId);
  }

  /** Reads a request and carries it out. What the cloud does not know is answered with an error `UnknownFeature`. */
  async dispatch(caller: Caller, request: HttpRequest): Promise<HttpResponse> {
    let call: Call;
    try {
      call = this.read(request);
    } catch (error) {
      return this.refuse(error);
    }
    return this.carryOut(caller, call);
  }

  /** The response to a request that could not be read; throws again what is neither AWS's error nor a refusal. */
  refuse(error: unknown): HttpResponse {
    return refuseInJson(this.#asAwsError(error), this.#ids.uuid(), "application/json");
  }

  /** A refusal gets status 400, since the SDK retries a 5xx, and the refusal would only come again. */
  #asAwsError(error: unknown): AwsError {
    if (error instanceof AwsError) return error;
    if (!(error instanceof UnknownFeature)) throw error;
    this.#onRefusal(error);
    return new AwsError("UnknownFeature", error.message, 400);
  }

  /** Answering for another region, or for a host that is not AWS at all, would be wrong without a word. */
  #checkHost(given: string): void {
    // The SDK puts this before any host, an emulator's too, for StartSyncExecution.
    const host = given.replace(/^sync-/, "");
    if (this.#knownHosts.has(host)) return;
    const here = host.endsWith(`.${this.#region}.amazonaws.com`) || host === "sts.amazonaws.com";
    if (!here && host !== "localhost" && host !== "127.0.0.1") {
      throw new UnknownFeature(`the host ${host}`, `the region ${this.#region}`);
    }
    this.#knownHosts.add(host);
  }
}
