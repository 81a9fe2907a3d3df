import { readFileSync } from "node:fs";
import type * as z from "zod";
import { exit, Failure } from "./failure.ts";

/** What a file that a person gives is wanted as. */
interface Wanted<Content> {
  /** In the singular, such as `price list`. */
  readonly what: string;
  readonly schema: z.ZodType<Content>;
  /** What to do where it is something else. */
  readonly next: string;
}

/**
 * Reads a JSON file that a person gives.
 * @throws Failure for a file that cannot be read, or has another form: it names the field that is wrong first
 */
export function readJsonFile<Content>(file: string, { what, schema, next }: Wanted<Content>): Content {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Failure(`cannot read a ${what} from ${file}: ${(error as Error).message}`, {
      exitCode: exit.usage,
      next,
    });
  }
  const { data, error } = schema.safeParse(json);
  if (error === undefined) return data;
  const { path, message } = error.issues[0]!;
  throw new Failure(`${file} is no ${what}: ${path.join(".") || "the whole file"}: ${message}`, {
    exitCode: exit.usage,
    next,
  });
}
