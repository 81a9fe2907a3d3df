import { Marp } from "@marp-team/marp-core";
import { type Deck, joined, slidesOf } from "./deck.ts";
import type { Figures } from "./figures.ts";
import { filled } from "./fill.ts";

/** One slide fills the window, and a key leads to the next. */
const css = `
html { scroll-snap-type: y mandatory; background: #222; }
body { margin: 0; }
.marpit > svg { display: block; width: 100vw; height: 100vh; scroll-snap-align: start; }
section table { font-size: 0.8em; }
@media print { .marpit > svg { break-after: page; } }
`;
const script = `
addEventListener("keydown", (event) => {
  const steps = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 };
  const step = steps[event.key];
  if (!step) return;
  event.preventDefault();
  scrollTo({ top: (Math.round(scrollY / innerHeight) + step) * innerHeight });
});
`;

/** A deck as one page of HTML that needs nothing else: no network, no other file. */
export function buildDeck(deck: Deck, figures: Figures): string {
  const { head, slides } = slidesOf(deck);
  const marp = new Marp({ emoji: { shortcode: false, unicode: false }, math: false, script: { source: "inline" } });
  const page = marp.render(
    joined(
      head,
      slides.map((slide) => filled(slide, figures)),
    ),
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${deck.name}</title>
<style>${page.css}${css}</style>
${page.html}
<script>${script}</script>
</html>
`;
}
