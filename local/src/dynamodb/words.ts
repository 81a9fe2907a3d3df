import { broken, type Words } from "../door/words.ts";
import { unreadable } from "./failures.ts";

/** How DynamoDB says that a request is not of the JSON types the API declares. */
export const words: Words = {
  mistyped({ value, expected }) {
    if (expected === "integer" || expected === "long") {
      return unreadable(`${typeof value === "string" ? "STRING_VALUE" : "Value"} cannot be converted to Integer`);
    }
    const isStructure = typeof value === "object" && value !== null && expected !== "structure" && expected !== "map";
    return unreadable(isStructure ? "Start of structure or map found where not expected" : "Unexpected field type");
  },
  broken,
};
