/** A word as it is typed into a shell: in quotes where the shell would read it otherwise. */
export const shellWord = (text: string): string =>
  /^[\w@%+:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** Words of a command that are no flags, as they are typed: one that begins with a dash would be taken for a flag. */
export const shellWords = (texts: readonly string[]): string =>
  [...(texts.some((text) => text.startsWith("-")) ? ["--"] : []), ...texts.map(shellWord)].join(" ");
