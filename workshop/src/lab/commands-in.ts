/** The commands of the project that sentences of a text quote: what `pnpm lab run` is to run. */
export const quotedRunsIn = (markdown: string): string[][] =>
  [...markdown.matchAll(/`pnpm (lab run [^`]+)`/g)].map(([, command = ""]) => command.split(/\s+/));

/** The commands of a text, in order: lines of code blocks that begin with `pnpm`, but not those that start a lab. */
export const commandsIn = (markdown: string): string[][] =>
  [...markdown.matchAll(/^```\n([\s\S]*?)^```$/gm)].flatMap(([, block = ""]) =>
    block
      .split("\n")
      .filter((line) => line.startsWith("pnpm "))
      .map((line) => line.split(/\s+/).slice(1))
      .filter(([word, second]) => word === "lab" && second !== "start" && second !== "next"),
  );
