/** A number with its noun: "1 order", "2 orders", "1,000 orders". */
export const counted = (count: number, noun: string, plural = `${noun}s`): string =>
  `${count.toLocaleString("en")} ${count === 1 ? noun : plural}`;

/** An amount as a person writes it: "49.98 GBP". Every currency of the shop has a hundred cents. */
export const money = (cents: number, currency: string): string => `${(cents / 100).toFixed(2)} ${currency}`;
