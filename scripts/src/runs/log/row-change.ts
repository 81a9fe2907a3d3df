import type { Happening } from "@ovsc/local";
import type { Ledgers } from "@ovsc/shared";

/** The order row was written with this status. */
interface StatusChanged {
  readonly type: "StatusChanged";
  readonly status: string;
  /** Whose order it is. */
  readonly placementId: string;
}

/** The document of a placement was written, or taken for an order, or rejected. */
interface PlacementChanged {
  readonly type: "PlacementChanged";
  readonly placementId: string;
  readonly state: string;
}

/** A simulated service entered something in its ledger, or changed the state of an entry. */
interface LedgerChanged {
  readonly type: "LedgerChanged";
  readonly ledger: keyof Ledgers;
  readonly idempotencyKey: string;
  /** A refund has no state of its own: it is REFUNDED. */
  readonly state: string;
  readonly quantity?: number;
  readonly amountCents?: number;
}

/** The shelf has so many units now that nobody reserved. */
interface StockChanged {
  readonly type: "StockChanged";
  readonly sku: string;
  readonly available: number;
}

/** What a write to the table means to the saga. Names, addresses and tokens stay in the table. */
export type RowChange = StatusChanged | PlacementChanged | LedgerChanged | StockChanged;

/** DynamoDB's own JSON. */
type Item = Readonly<Record<string, { readonly S?: string; readonly N?: string } | undefined>>;

/** @returns what an item that was written means, and the order it belongs to; nothing for what means nothing here */
export function changeOf(
  happening: Happening,
): { readonly change: RowChange; readonly orderId: string | undefined } | undefined {
  if (happening.type !== "ItemChanged" || !happening.newImage) return undefined;
  const item = happening.newImage as Item;
  const text = (name: string) => item[name]?.S;
  const count = (name: string) => (item[name]?.N === undefined ? {} : { [name]: Number(item[name].N) });
  const [pk = "", sk = ""] = [text("pk"), text("sk")];
  const orderId = pk.startsWith("ORDER#") ? pk.slice("ORDER#".length) : text("orderId");
  const placementId = text("placementId") ?? "";
  const found = (change: RowChange) => ({ change, orderId });

  if (sk === "ORDER") return found({ type: "StatusChanged", status: text("status")!, placementId });
  if (sk === "PLACEMENT") return found({ type: "PlacementChanged", placementId, state: text("state")! });
  if (sk === "STOCK") {
    return found({ type: "StockChanged", sku: pk.slice("STOCK#".length), available: Number(item["available"]!.N) });
  }
  const [kind = "", idempotencyKey = ""] = sk.split("#");
  if (!isLedger(kind)) return undefined;
  const { state = { S: "REFUNDED" } } = item;
  return found({
    type: "LedgerChanged",
    ledger: kind,
    idempotencyKey,
    state: state.S!,
    ...count("quantity"),
    ...count("amountCents"),
  });
}

const ledgers: Readonly<Record<keyof Ledgers, true>> = {
  RESERVATION: true,
  CHARGE: true,
  REFUND: true,
  SHIPMENT: true,
};
const isLedger = (kind: string): kind is keyof Ledgers => Object.hasOwn(ledgers, kind);
