import { type Broken, broken, mistyped, type Words } from "../door/words.ts";

const members = ["Time", "Source", "Resources", "DetailType", "Detail", "EventBusName", "TraceHeader"];

/** EventBridge quotes the entries of PutEvents as its own code prints them, members that no page names among them. */
export const words: Words = {
  mistyped,
  broken: (violations) => broken(violations.map(quoted)),
};

const quoted = (violation: Broken): Broken =>
  violation.path === "entries" && Array.isArray(violation.value)
    ? { ...violation, value: `[${violation.value.map(printed).join(", ")}]` }
    : violation;

function printed(entry: Readonly<Record<string, unknown>>): string {
  const shown = members.map((name) => `${name.charAt(0).toLowerCase()}${name.slice(1)}=${text(entry[name])}`);
  return `PutEventsRequestEntry(${[...shown, "kmsKeyIdentifier=null", "internalMetadata=null"].join(", ")})`;
}

function text(value: unknown): string {
  if (value === undefined) return "null";
  if (Array.isArray(value)) return `[${value.join(", ")}]`;
  return typeof value === "string" ? value : JSON.stringify(value);
}
