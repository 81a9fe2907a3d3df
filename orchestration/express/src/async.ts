import { express } from "./variant.ts";

/** Express, and the client hears only that it was started. */
export const variant = express("async", {
  module: import.meta.url,
  description: "An Express workflow calls the steps within five minutes, and may run twice. Nobody waits for it.",
});
