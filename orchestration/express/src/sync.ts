import { express } from "./variant.ts";

/** Express, and the client waits. */
export const variant = express("sync", {
  module: import.meta.url,
  description: "An Express workflow calls the steps within five minutes, and the client waits for its end.",
});
