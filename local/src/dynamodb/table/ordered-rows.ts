import type { Sized } from "../item/item-size.ts";

/** An item at its place. `order` is unique and sorts by code unit. */
export interface Row extends Sized {
  readonly order: string;
}

/** Rows a chunk holds before it is cut in two; inserting moves at most this many references. */
const chunkLimit = 512;

/** Rows sorted by `order`: found, added and removed in logarithmic time, read as a range in either direction. */
export class OrderedRows {
  readonly #chunks: Row[][] = [[]];
  #count = 0;
  #bytes = 0;

  get count(): number {
    return this.#count;
  }

  /** The size of all items. */
  get bytes(): number {
    return this.#bytes;
  }

  get(order: string): Row | undefined {
    const chunk = this.#chunks[this.#chunkOf(order)]!;
    const row = chunk[lowerBound(chunk, order)];
    return row?.order === order ? row : undefined;
  }

  /** Adds the item, or puts it in place of the one that has this order. */
  put(order: string, { item, bytes }: Sized): void {
    const chunkIndex = this.#chunkOf(order);
    const chunk = this.#chunks[chunkIndex]!;
    const index = lowerBound(chunk, order);
    const row = chunk[index];
    this.#bytes += bytes;
    if (row?.order === order) {
      this.#bytes -= row.bytes;
      chunk[index] = { order, item, bytes };
      return;
    }
    chunk.splice(index, 0, { order, item, bytes });
    this.#count += 1;
    if (chunk.length > chunkLimit) this.#chunks.splice(chunkIndex + 1, 0, chunk.splice(chunkLimit / 2));
  }

  clear(): void {
    this.#chunks.splice(0, this.#chunks.length, []);
    this.#count = 0;
    this.#bytes = 0;
  }

  delete(order: string): void {
    const chunkIndex = this.#chunkOf(order);
    const chunk = this.#chunks[chunkIndex]!;
    const index = lowerBound(chunk, order);
    const row = chunk[index];
    if (row?.order !== order) return;
    chunk.splice(index, 1);
    this.#count -= 1;
    this.#bytes -= row.bytes;
    if (chunk.length === 0 && this.#chunks.length > 1) this.#chunks.splice(chunkIndex, 1);
  }

  /** The rows from `from` on and before `until`, ascending. The rows must not change while this is read. */
  *ascending(from: string, until: string): Generator<Row, void> {
    let chunkIndex = this.#chunkOf(from);
    let index = lowerBound(this.#chunks[chunkIndex]!, from);
    for (; chunkIndex < this.#chunks.length; chunkIndex += 1, index = 0) {
      const chunk = this.#chunks[chunkIndex]!;
      for (; index < chunk.length; index += 1) {
        const row = chunk[index]!;
        if (row.order >= until) return;
        yield row;
      }
    }
  }

  /** The same rows, descending. */
  *descending(from: string, until: string): Generator<Row, void> {
    let chunkIndex = this.#chunkOf(until);
    let index = lowerBound(this.#chunks[chunkIndex]!, until) - 1;
    for (;;) {
      const chunk = this.#chunks[chunkIndex]!;
      for (; index >= 0; index -= 1) {
        const row = chunk[index]!;
        if (row.order < from) return;
        yield row;
      }
      chunkIndex -= 1;
      if (chunkIndex < 0) return;
      index = this.#chunks[chunkIndex]!.length - 1;
    }
  }

  /** The last chunk that starts at or before `order`, or the first. */
  #chunkOf(order: string): number {
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#chunks[middle]![0]!.order <= order) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** The index of the first row at or after `order`. */
function lowerBound(rows: readonly Row[], order: string): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle]!.order < order) low = middle + 1;
    else high = middle;
  }
  return low;
}
