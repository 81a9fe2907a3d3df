import type { Trace } from "../../history.ts";
import type { Tables } from "../table/tables.ts";
import type { Consumed } from "./capacity.ts";
import type { RequestTokens } from "./request-tokens.ts";

/** One call of an operation: what is asked, of which tables, and what it takes. */
export interface Request<Input> {
  readonly tables: Tables;
  readonly tokens: RequestTokens;
  readonly input: Input;
  readonly trace: Trace;
  readonly consumed: Consumed;
}
