export { thinClient, thinDocumentClient } from "./operator.ts";
export { thinSdk } from "./plugin.ts";
