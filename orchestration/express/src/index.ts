export { variant as expressAsync } from "./async.ts";
export { variant as expressSync } from "./sync.ts";
