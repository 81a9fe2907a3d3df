/**
 * A copy of a value as it would come out of its JSON text, without the text: what is undefined is left out of objects.
 * @param refuse takes what JSON has no word for or the SDK writes in a form of its own: a date, bytes, a bigint
 */
export function plain(value: unknown, refuse: (what: string) => never): unknown {
  if (typeof value === "string" || typeof value === "boolean" || value === null) return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : refuse(`the number ${value}`);
  if (typeof value !== "object") return refuse(`a ${typeof value}`);
  if (Array.isArray(value)) return value.map((item) => plain(item ?? null, refuse));
  if (ArrayBuffer.isView(value)) return refuse("bytes");
  if (typeof (value as { toJSON?: unknown }).toJSON === "function") return refuse("an object with a toJSON of its own");
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const member = (value as Record<string, unknown>)[key];
    if (member === undefined) continue;
    // Plain assignment would set the prototype.
    if (key === "__proto__")
      Object.defineProperty(copy, key, { value: plain(member, refuse), enumerable: true, writable: true });
    else copy[key] = plain(member, refuse);
  }
  return copy;
}
