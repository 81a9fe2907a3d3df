import { counted } from "../../../report/words.ts";
import { Html, markup } from "../../markup.ts";
import type { Page } from "../../page.ts";
import { command, figure } from "../../parts.ts";
import type { LastKnown } from "../../where/last-known.ts";
import { nothingWrong, together } from "../../where/together.ts";

/** A field in which an order's id, or a part of it, is typed: the script says where it stands. */
export const finderHtml = (page: Page): Html =>
  page.orders.length === 0
    ? markup`<p>The log of this run has no order in full: <code class="command">pnpm compare</code> writes one.</p>`
    : markup`<div class="finder" hidden>
          <label for="order-id">Order</label>
          <input id="order-id" type="search" autocomplete="off" placeholder="${page.orders[0]!.orderId}" />
          <div class="found" role="status"></div>
        </div>
        <p>
          ${ofWhich(page)} <a href="#where">Whom to ask for it, and the first of them</a>${
            page.told.orders < page.told.of &&
            markup`; the others are told by ${command(`${page.run.command} --log all`)}`
          }
        </p>
        ${data(page)}`;

const ofWhich = ({ orders, told }: Page): string =>
  told.orders < told.of
    ? `Type its id, or a part of it: the log has ${figure(told.orders)} of ${counted(told.of, "order")}.`
    : `Type its id, or a part of it: the log has all ${counted(orders.length, "order")}.`;

/** Every order of the log by what is said of it: where it stands, why, and who it is; and the pairs that draw some. */
function data({ orders, pairs, variants }: Page): Html {
  const said = Map.groupBy(orders, ({ status, why }) =>
    JSON.stringify([statusOf(status, variants), together(variants, why, nothingWrong)]),
  );
  const told = [...said].map(([what, own]) => [...(JSON.parse(what) as string[]), own.map(({ orderId }) => orderId)]);
  const drawn = Object.fromEntries(pairs.map(({ orderId, id }) => [orderId, id]));
  const text = JSON.stringify({ told, drawn }).replaceAll("<", "\\u003c");
  return new Html(`<script type="application/json" id="orders">${text}</script>`);
}

function statusOf(status: LastKnown["status"], variants: readonly string[]): string {
  const isAlike = new Set(variants.map((variant) => status[variant])).size === 1;
  return `${together(variants, status, "unknown")}${isAlike ? " in every variant" : ""}`;
}
