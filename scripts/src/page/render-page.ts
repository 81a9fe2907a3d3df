import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { Html, markup } from "./markup.ts";
import type { Page } from "./page.ts";
import { sections } from "./sections/index.ts";

const asset = (name: string): string => readFileSync(new URL(`browser/${name}`, import.meta.url), "utf8");

const hashOf = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/**
 * The page as one file that needs no network. Its policy lets nothing in but its own style and script, by their
 * hashes, so it has no `style` attribute and no inline handler.
 * https://www.w3.org/TR/CSP3/ (2026-11-21)
 */
export function renderPage(page: Page): string {
  const style = asset("page.css");
  const script = ["page.js", "finder.js", "frames.js"].map(asset).join("\n");
  const policy = [
    "default-src 'none'",
    `style-src ${hashOf(style)}`,
    `script-src ${hashOf(script)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const title = `${page.variants.join(" and ")}: ${page.run.verdict}`;
  return markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${new Html(policy)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <style>
          ${new Html(style)}
        </style>
      </head>
      <body>
        <a class="skip" href="#verdict">To the verdict</a>
        <header>
          <h1>One order saga, coordinated ${page.variants.length === 2 ? "two" : page.variants.length} ways</h1>
          <nav aria-label="Sections">
            <ol>
              ${sections.map(({ id, title: name }) => markup`<li><a href="#${id}">${name}</a></li>`)}
            </ol>
          </nav>
        </header>
        <main>
          ${sections.map(
            ({ id, title: name, html: render }, index) =>
              markup`<section id="${id}" aria-labelledby="${id}-title">
                <h2 id="${id}-title"><span class="ordinal">${index + 1}</span> ${name}</h2>
                ${render(page)}
              </section> `,
          )}
        </main>
        <script>${new Html(script)}</script>
      </body>
    </html> `.text;
}

/** The same in Markdown, for a pull request. */
export const renderMarkdown = (page: Page): string =>
  `# One order saga: ${page.variants.join(" and ")}\n\n${sections
    .map(({ title, markdown }, index) => `## ${index + 1}. ${title}\n\n${markdown(page)}\n`)
    .join("\n")}`;
