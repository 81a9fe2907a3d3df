/** How a client starts an Express execution: he waits for its end, or hears only that it was started. */
export const starts = ["sync", "async"] as const;
export type Start = (typeof starts)[number];

export const nameOf = (start: Start): string => `express-${start}`;
export const stackNameOf = (start: Start): string => `ovsc-${nameOf(start)}`;
