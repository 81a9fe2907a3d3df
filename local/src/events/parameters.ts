export type Input = Readonly<Record<string, unknown>>;

export const text = (input: Input, name: string): string | undefined => input[name] as string | undefined;

/** Leaves out members that have no value, as AWS's answers do. */
export const defined = (members: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
