import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { InvalidOrder, type Issue, OrderRequest, parse } from "@ovsc/shared";
import { exit, Failure } from "../failure.ts";

/** One line of a file of orders: an order, or why it is none. */
export type OrderLine = { readonly line: number } & (Accepted | Refused);
interface Accepted {
  readonly order: OrderRequest;
}
interface Refused {
  readonly error: "InvalidOrder";
  readonly issues: readonly Issue[];
}

/** Longer than any order can be by far; what is shorter is read, so that the field that is wrong can be named. */
const longestLine = 10_000_000;

/**
 * Reads orders, one JSON object a line; blank lines are passed over. A malformed line is refused and the rest is read.
 * @throws Failure when the file cannot be read
 */
export async function* readOrders(file: string): AsyncGenerator<OrderLine> {
  let line = 0;
  try {
    for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
      line += 1;
      if (text.trim() === "") continue;
      yield { line, ...readOrder(text) };
    }
  } catch (error) {
    const { message } = error as Error;
    throw new Failure(`cannot read orders from ${file}: ${message}`, {
      exitCode: exit.usage,
      next: "pnpm compare --input FILE.ndjson",
      cause: error,
    });
  }
}

/** @returns the order in one line of JSON, or the fields that are not as they must be */
export function readOrder(text: string): Accepted | Refused {
  if (text.length > longestLine) return refuse("(order)", `longer than ${longestLine} characters (${text.length})`);
  let json: unknown;
  try {
    // Editors on Windows begin a file with a byte order mark.
    json = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    return refuse("(order)", `not JSON: ${(error as Error).message}`);
  }
  // JSON.parse makes `__proto__` a plain field, which a validator may take for the prototype.
  if (typeof json === "object" && json !== null && Object.hasOwn(json, "__proto__"))
    return refuse("__proto__", "no such field");
  try {
    return { order: parse(OrderRequest, json) };
  } catch (error) {
    if (error instanceof InvalidOrder) return { error: InvalidOrder.name, issues: error.issues };
    throw error;
  }
}

const refuse = (field: string, message: string): Refused => ({
  error: InvalidOrder.name,
  issues: [{ field, message }],
});
