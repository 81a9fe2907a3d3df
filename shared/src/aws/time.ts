/** The time, ISO 8601. */
export type Now = () => string;

/** The time of the machine, which in the embedded cloud is virtual. */
export const machineTime: Now = () => new Date().toISOString();
