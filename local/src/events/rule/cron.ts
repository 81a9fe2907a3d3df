import { AwsError, UnknownFeature } from "../../errors.ts";

interface Field {
  readonly from: number;
  readonly to: number;
  readonly names?: readonly string[];
}

const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/** Minutes, hours, day of month, month, day of week, year. */
const fields: readonly Field[] = [
  { from: 0, to: 59 },
  { from: 0, to: 23 },
  { from: 1, to: 31 },
  { from: 1, to: 12, names: months },
  { from: 1, to: 7, names: days },
  { from: 1970, to: 2199 },
];

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** In ascending order. */
type Values = ReadonlySet<number>;

/**
 * A cron expression of EventBridge, in UTC.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html#eb-cron-expressions
 * (2026-11-21)
 * @returns the first time after another, in milliseconds since 1970
 * @throws AwsError ValidationException
 * @throws UnknownFeature for L, W and #
 */
export function cronSchedule(texts: readonly string[]): (afterMs: number) => number | undefined {
  // One of the two days is left open.
  if (texts.length !== fields.length || (texts[2] === "?") === (texts[4] === "?")) throw invalidSchedule();
  const [minutes, hours, monthDays, monthsOf, weekDays, years] = texts.map((text, index) =>
    text === "?" && (index === 2 || index === 4) ? all(fields[index]!) : valuesOf(text, fields[index]!),
  ) as [Values, Values, Values, Values, Values, Values];
  const isDay = (date: Date) =>
    years.has(date.getUTCFullYear()) &&
    monthsOf.has(date.getUTCMonth() + 1) &&
    monthDays.has(date.getUTCDate()) &&
    weekDays.has(date.getUTCDay() + 1);
  const offsetsMs = [...hours].flatMap((hour) => [...minutes].map((minute) => (hour * 60 + minute) * minuteMs));
  const lastMs = Date.UTC(Math.max(...years) + 1, 0, 1);
  return (afterMs) => {
    for (let startMs = afterMs - (afterMs % dayMs); startMs < lastMs; startMs += dayMs) {
      const offsetMs = isDay(new Date(startMs)) ? offsetsMs.find((each) => startMs + each > afterMs) : undefined;
      if (offsetMs !== undefined) return startMs + offsetMs;
    }
    return undefined;
  };
}

export const invalidSchedule = (): AwsError =>
  new AwsError("ValidationException", "Parameter ScheduleExpression is not valid.");

function valuesOf(text: string, field: Field): Values {
  if (/[LW#]/.test(text.replaceAll(/[A-Z]{3}/g, "")))
    throw new UnknownFeature(`${text} in a cron expression`, "a rule");
  const values = text.split(",").flatMap((part) => [...partOf(part, field)]);
  return new Set(values.toSorted((a, b) => a - b));
}

/** One of `*`, `3`, `3-5`, each with or without `/step`; names where the field has some. */
function partOf(text: string, field: Field): Values {
  const [span = "", step = "1", ...more] = text.split("/");
  const every = Number(/^[1-9]\d*$/.exec(step)?.[0]);
  const ends = span.split("-");
  if (Number.isNaN(every) || more.length > 0 || ends.length > 2) throw invalidSchedule();
  if (span === "*") return range(field.from, field.to, every);
  const start = numberOf(ends[0]!, field);
  // `3/10` is from 3 on.
  const end = ends[1] === undefined ? (text.includes("/") ? field.to : start) : numberOf(ends[1], field);
  if (end < start) throw invalidSchedule();
  return range(start, end, every);
}

function numberOf(word: string, { from, to, names = [] }: Field): number {
  const named = names.indexOf(word);
  const value = named < 0 ? Number(/^\d+$/.exec(word)?.[0]) : named + 1;
  if (!(value >= from && value <= to)) throw invalidSchedule();
  return value;
}

const all = ({ from, to }: Field): Values => range(from, to, 1);

const range = (from: number, to: number, step: number): Values =>
  new Set(Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step));
