import { broken, mistyped, type Words } from "../door/words.ts";
import { AwsError } from "../errors.ts";

/** Step Functions has an error of its own for a name, whatever is wrong with it. */
export const words: Words = {
  mistyped,
  broken(violations) {
    const name = violations.find(({ path, value }) => path === "name" && value !== null);
    return name ? new AwsError("InvalidName", `Invalid Name: '${String(name.value)}'`) : broken(violations);
  },
};
