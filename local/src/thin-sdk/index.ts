export { thinClient, thinDocumentClient } from "./operator.ts";
export { thinSdk, thinSdkEntries } from "./plugin.ts";
