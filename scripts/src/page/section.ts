import type { Html } from "./markup.ts";
import type { Page } from "./page.ts";

/** A part of the page, and of its twin in Markdown. */
export interface Section {
  /** What a link to it ends in. */
  readonly id: string;
  readonly title: string;
  readonly html: (page: Page) => Html;
  readonly markdown: (page: Page) => string;
}
