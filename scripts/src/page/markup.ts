import { printable } from "../terminal.ts";

/** Text that is HTML already, and goes into a page as it is. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** What a template takes: HTML as it is, text escaped, lists joined, nothing where there is nothing. */
export type Content = Html | string | number | undefined | false | readonly Content[];

/**
 * HTML, in which every value that is not HTML itself is text, whoever wrote it. Where the template breaks a line beside
 * a tag or a value, that is the layout of the source and no space on the page.
 */
export const markup = (literals: TemplateStringsArray, ...values: readonly Content[]): Html =>
  new Html(String.raw({ raw: literals.map(onOneLine) }, ...values.map(textOf)));

function onOneLine(literal: string): string {
  return literal.replace(/\s*\n\s*/g, (space, at: number) => {
    const [before, after] = [literal[at - 1] ?? ">", literal[at + space.length] ?? "<"];
    return before === ">" || after === "<" ? "" : " ";
  });
}

function textOf(content: Content): string {
  if (content instanceof Html) return content.text;
  if (content === undefined || content === false) return "";
  if (typeof content === "object") return content.map(textOf).join("");
  return escaped(String(content));
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escaped = (text: string): string => printable(text).replace(/[&<>"']/g, (character) => entities[character]!);
