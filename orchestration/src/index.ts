export { connect } from "./coordination.ts";
export { flow } from "./flow.ts";
export { variant } from "./variant.ts";
