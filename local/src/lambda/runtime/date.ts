import type { Clock } from "../../clock.ts";

/** A `Date` that reads the virtual clock. Its instances are ordinary dates, so `instanceof` holds either way. */
export function virtualDate(clock: Clock): DateConstructor {
  function VirtualDate(...args: unknown[]): unknown {
    if (!new.target) return new Date(clock.nowMs).toString();
    return Reflect.construct(Date, args.length === 0 ? [clock.nowMs] : args, new.target);
  }
  Object.defineProperties(VirtualDate, {
    prototype: { value: Date.prototype },
    name: { value: "Date" },
    length: { value: 7 },
    now: { value: () => Math.floor(clock.nowMs), configurable: true, writable: true },
    parse: { value: Date.parse },
    UTC: { value: Date.UTC },
  });
  return VirtualDate as unknown as DateConstructor;
}
