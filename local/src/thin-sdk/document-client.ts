import { convertToAttr, convertToNative } from "@aws-sdk/util-dynamodb";
import type { SdkCommand, SendOptions, ThinClient, ThinOutput } from "./thin-client.ts";

/**
 * Where the attribute values of a message lie: nothing for a value, `{}` or `[]` for a container of values, `"*"` for a
 * container of what is described there, else member by member. The SDK's document commands carry these descriptions.
 */
export type KeyNodes = null | undefined | readonly never[] | { readonly [name: string]: KeyNodes };

/** A document command of the AWS SDK, as far as it is read here. */
interface DocumentCommand {
  readonly input: object;
  readonly clientCommand: SdkCommand;
  readonly inputKeyNodes: KeyNodes;
  readonly outputKeyNodes: KeyNodes;
}

/** The SDK's document client over a thin one: values in JavaScript's types, without options of translation. */
export class ThinDocumentClient {
  readonly #client: ThinClient;

  constructor(client: ThinClient) {
    this.#client = client;
  }

  static from(client: ThinClient, ...translation: unknown[]): ThinDocumentClient {
    if (translation.length > 0) client.refuse("a translation of the document client");
    return new ThinDocumentClient(client);
  }

  async send(command: object, options?: SendOptions): Promise<ThinOutput> {
    const { clientCommand, input, inputKeyNodes, outputKeyNodes } = command as DocumentCommand;
    const marshalled = translate(input, inputKeyNodes, toAttribute) as object;
    const output = await this.#client.send({ input: marshalled, schema: clientCommand.schema }, options);
    return translate(output, outputKeyNodes, toNative) as ThinOutput;
  }

  destroy(): void {}
}

const toAttribute = (value: unknown): unknown => convertToAttr(value, marshalling);
const marshalling = { convertTopLevelContainer: true };
const toNative = (value: unknown): unknown => convertToNative(value as never);

function translate(value: unknown, nodes: KeyNodes, one: (value: unknown) => unknown): unknown {
  if (value === undefined) return undefined;
  if (nodes === null || nodes === undefined) return one(value);
  if (Array.isArray(value)) {
    const each = "*" in nodes ? nodes["*"] : undefined;
    return value.map((item) => translate(item, each, one));
  }
  const names = Object.keys(nodes);
  const all = names.length === 0 || "*" in nodes;
  const copy: Record<string, unknown> = all ? {} : { ...(value as object) };
  for (const name of all ? Object.keys(value as object) : names) {
    const member = (value as Record<string, unknown>)[name];
    const node = all ? (nodes as Record<string, KeyNodes>)["*"] : (nodes as Record<string, KeyNodes>)[name];
    if (member !== undefined) copy[name] = translate(member, node, one);
  }
  return copy;
}
