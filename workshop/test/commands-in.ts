/**
 * The commands of a text, in order: the lines of its code blocks that begin with `pnpm`. A command that runs until it
 * is ended is checked once instead.
 */
export const commandsIn = (markdown: string): string[][] =>
  [...markdown.matchAll(/^```\n([\s\S]*?)^```$/gm)].flatMap(([, block = ""]) =>
    block
      .split("\n")
      .filter((line) => line.startsWith("pnpm "))
      .map((line) => line.split(/\s+/).slice(1))
      .filter(([word, second]) => word === "lab" && second !== "start" && second !== "next")
      .map((words) => (words.length === 1 ? ["lab", "check"] : words)),
  );
