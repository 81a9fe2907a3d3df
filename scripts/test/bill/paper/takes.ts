/** What one call takes of the table, in request units; `simulated` are those of stock, payment gateway and carrier. */
export interface Take {
  readonly calls: number;
  /** How often the order's row, or its placement's document, is read and written: the units are those of its size. */
  readonly rowReads?: number;
  readonly rowWrites?: number;
  /** Of the index, and of what is smaller than 1 KB in any case. */
  readonly read?: number;
  readonly write?: number;
  readonly simulated?: number;
}

// A row smaller than 1 KB takes one write unit, and one read unit (consistent, up to 4 KB).
// The index `open-index` holds the keys of a row while it has `open`, sorted by `since`. Every move writes a new
// `since`, so an entry that stays is taken away and made anew: two units beside the row's own.
// A transaction takes twice the units of its rows, done or cancelled, and those of the index once.
// A write whose condition does not hold takes the units of its row.

/** The client writes the document: the row, and its entry in the index. */
export const document: Take = { calls: 1, rowWrites: 1, write: 1 };
/** The client writes it a second time: the condition does not hold. */
export const documentAgain: Take = { calls: 1, rowWrites: 1 };

/** Reads the order's row, or its placement's document. */
export const look: Take = { calls: 1, rowReads: 1 };
/** The row is not there yet. */
export const lookInVain: Take = { calls: 1, read: 1 };
/** CreateOrder's transaction: the row is put, its entry made; the document is taken, its entry taken away. */
export const begin: Take = { calls: 1, rowWrites: 2 + 2, write: 1 + 1 };
/** The same where another has begun the order: cancelled. */
export const beginTooLate: Take = { calls: 1, rowWrites: 2 + 2 };
/** The document is rejected and leaves the index. */
export const reject: Take = { calls: 1, rowWrites: 1, write: 1 };

/** The row moves and stays in the index. */
export const move: Take = { calls: 1, rowWrites: 1, write: 2 };
/** The row moves to where it is settled, and leaves the index at once: nothing is left to say of it. */
export const settle: Take = { calls: 1, rowWrites: 1, write: 1 };
/** Somebody else moved the row meanwhile. */
export const moveTooLate: Take = { calls: 1, rowWrites: 1 };
/** What is settled was said: the row leaves the index. */
export const noteSaid: Take = { calls: 1, rowWrites: 1, write: 1 };
/** Somebody else noted it. */
export const noteSaidTooLate: Take = { calls: 1, rowWrites: 1 };
/** PutEvents, or Invoke. */
export const tell: Take = { calls: 1 };

/** A listener keeps what it heard in a table of its own. */
export const keep: Take = { calls: 1, write: 1 };

/** The sweeper asks the index what rests: half a unit, since the index may lag. */
export const lookForResting: Take = { calls: 1, read: 0.5 };
/** It notes on the row that it swept, which the index does not hold. */
export const noteSwept: Take = { calls: 1, rowWrites: 1 };

/** Stock: a transaction of the shelf and the reservation. */
export const reserve: Take = { calls: 1, simulated: 2 + 2 };
/** The same cancelled, and then the refusal, whether it takes the key or finds it taken. */
export const reserveInVain: Take = { calls: 2, simulated: 2 + 2 + 1 };
/** The tombstone finds the reservation; a transaction of the shelf and the reservation. */
export const release: Take = { calls: 2, simulated: 1 + 2 + 2 };
/** The tombstone finds the reservation, and the service fails. */
export const releaseFails: Take = { calls: 1, simulated: 1 };

/** Gateway or carrier enters the request, or finds it entered. */
export const request: Take = { calls: 1, simulated: 1 };
/** The first request never arrives: a mark says that it was lost, or finds that one was. */
export const markLost: Take = { calls: 1, simulated: 1 };
/** Carrier: the tombstone is entered, or finds that the shipment was refused. */
export const voidNothing: Take = { calls: 1, simulated: 1 };
/** Carrier: the tombstone finds a shipment, which is voided. */
export const voidShipment: Take = { calls: 2, simulated: 1 + 1 };
/** Gateway: the tombstone is entered: there was no charge. */
export const refundNothing: Take = { calls: 1, simulated: 1 };
/** Gateway: the tombstone finds a charge; a transaction of the charge and the refund. */
export const refundCharge: Take = { calls: 2, simulated: 1 + 2 + 2 };
/** Gateway: the tombstone finds a charge, and the service fails. */
export const refundFails: Take = { calls: 1, simulated: 1 };
