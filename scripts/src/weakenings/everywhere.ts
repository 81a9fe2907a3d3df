import type { Patch, Weakening } from "./weakening.ts";

/** For a line of defence that both coordinations have at the same place. */
export const everywhere = (...patches: readonly Patch[]): Weakening["in"] => ({
  choreography: patches,
  orchestration: patches,
});
