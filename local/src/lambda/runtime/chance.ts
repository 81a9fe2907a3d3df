import crypto, { type KeyObject } from "node:crypto";
import { types } from "node:util";
import { mulberry32 } from "../../choices.ts";
import { type Refuse, refusing } from "./refusing.ts";

/** Randomness of one execution environment: looks random, and is the same in every run. */
export class Chance {
  readonly random: () => number;

  /** @param seed 32 bits */
  constructor(seed: number) {
    this.random = mulberry32(seed);
  }

  /** Fills any view with random bytes and returns it. */
  readonly fill = <View extends ArrayBufferView>(view: View): View => {
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    for (let index = 0; index < bytes.length; index += 1) bytes[index] = this.random() * 256;
    return view;
  };

  /** A UUID of version 4. */
  readonly uuid = (): string => {
    let text = "";
    for (let index = 0; index < 16; index += 1) {
      let byte = Math.floor(this.random() * 256);
      if (index === 6) byte = (byte & 0x0f) | 0x40;
      else if (index === 8) byte = (byte & 0x3f) | 0x80;
      if (index === 4 || index === 6 || index === 8 || index === 10) text += "-";
      text += hex[byte];
    }
    return text;
  };

  /** `globalThis.crypto`; hashing by `subtle` runs on other threads, out of the clock's sight, and is refused. */
  webCrypto(refuse: Refuse): object {
    return {
      getRandomValues: this.fill,
      randomUUID: this.uuid,
      subtle: refusing(refuse, "crypto.subtle", crypto.webcrypto.subtle, subtleNames),
    };
  }

  /** `node:crypto`: real hashes and ciphers, with every source of randomness replaced. */
  nodeCrypto(refuse: Refuse): object {
    const web = this.webCrypto(refuse);
    const randomBytes = (size: number, callback?: (error: null, bytes: Buffer) => void): Buffer | undefined => {
      const bytes = this.fill(Buffer.alloc(size));
      if (!callback) return bytes;
      queueMicrotask(() => callback(null, bytes));
      return undefined;
    };
    return {
      ...refusing(refuse, "node:crypto", crypto),
      ...allowed,
      createHmac,
      randomBytes,
      randomFillSync: this.fill,
      randomInt: (first: number, second?: number): number => {
        const [from, to] = second === undefined ? [0, first] : [first, second];
        return from + Math.floor(this.random() * (to - from));
      },
      randomUUID: this.uuid,
      getRandomValues: this.fill,
      webcrypto: web,
      subtle: (web as { subtle: object }).subtle,
    };
  }
}

/** Bytes in two digits, by their values. */
const hex: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

const subtleNames = Object.getOwnPropertyNames(Object.getPrototypeOf(crypto.webcrypto.subtle));

/** Functions whose result depends on nothing but their arguments and that answer at once. */
const pure = [
  "constants",
  "createHash",
  "createCipheriv",
  "createDecipheriv",
  "createSign",
  "createVerify",
  "createPrivateKey",
  "createPublicKey",
  "createSecretKey",
  "getCiphers",
  "getCurves",
  "getHashes",
  "hash",
  "hkdfSync",
  "pbkdf2Sync",
  "scryptSync",
  "timingSafeEqual",
  "Hash",
  "Hmac",
  "KeyObject",
  "X509Certificate",
] as const;

/** Keys of HMACs that were made before, the oldest first, by their bytes. */
const hmacKeys = new Map<string, KeyObject>();
const rememberedKeys = 100;

/** As Node's, which takes four times as long to make a key of bytes as to use it; the SDK signs each call with one. */
function createHmac(algorithm: string, key: Parameters<typeof crypto.createHmac>[1], options?: object): crypto.Hmac {
  return crypto.createHmac(algorithm, types.isUint8Array(key) ? keyOf(key) : key, options);
}

function keyOf(bytes: Uint8Array): KeyObject {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  let key = hmacKeys.get(text);
  if (key) return key;
  if (hmacKeys.size === rememberedKeys) hmacKeys.delete(hmacKeys.keys().next().value!);
  hmacKeys.set(text, (key = crypto.createSecretKey(bytes)));
  return key;
}

const allowed: object = Object.fromEntries(pure.map((name) => [name, crypto[name]]));
