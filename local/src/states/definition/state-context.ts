import type { TaskPort } from "../task/port.ts";
import type { Fields, Language } from "./fields.ts";
import type { Link, Program } from "./state.ts";

/** What the compiling of one state may use. */
export interface StateContext {
  readonly name: string;
  readonly language: Language;
  readonly port: TaskPort;
  readonly express: boolean;
  /** Where a state of the same program stands. */
  readonly link: (name: string) => Link;
  /** Where the state leads by its Next or End. */
  readonly next: () => Link;
  /** Compiles a branch or an item processor. */
  readonly program: (fields: Fields, also?: readonly string[]) => Program;
}
