import type { Count } from "../runs/counts.ts";
import { type Content, type Html, markup } from "./markup.ts";

/** A number as it is shown; unknown is a word, never 0. */
export const figure = (count: Count): string => count.toLocaleString("en");

/** What is wider than a phone scrolls by itself, for the keyboard too, and the page never does. */
export const scrolling = (label: string, content: Content): Html =>
  markup`<div class="scroll" role="region" tabindex="0" aria-label="${label}">${content}</div>`;

/** The name of a variant with its colour and its mark, so that colour is never alone. */
export const named = (variants: readonly string[], name: string): Html =>
  markup`<span class="variant v${variants.indexOf(name)}">${name}</span>`;

/** A command to type. */
export const command = (text: string): Html => markup`<code class="command">${text}</code>`;
