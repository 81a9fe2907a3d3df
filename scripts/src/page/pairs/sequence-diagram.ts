import type { Moment, Story } from "../../story/story.ts";
import { label } from "./moment-words.ts";

/** A story as a Mermaid sequence diagram: of the calls, those that changed something or failed. */
export function sequenceDiagram(story: Story): string {
  const { lanes, moments } = story;
  const short = new Map(lanes.map(({ id }, index) => [id, `l${index}`]));
  return [
    "sequenceDiagram",
    ...lanes.map(({ id, name }) => `  participant ${short.get(id)} as ${name}`),
    ...moments.flatMap((moment) => {
      const { arrow, lane, kind, changes, error } = moment;
      if (!arrow || (kind === "called" && changes.length === 0 && error === undefined)) return [];
      const line = `${short.get(arrow.from)}${headOf(moment)}${short.get(lane)}`;
      return [`  ${line}: ${text(label(story, moment) || moment.text)}`];
    }),
  ].join("\n");
}

function headOf({ arrow }: Moment): string {
  if (arrow!.lost) return arrow!.kind === "event" ? "--x" : "-x";
  return arrow!.kind === "event" ? "-->>" : "->>";
}

/** Mermaid ends a message at a semicolon or a hash. */
const text = (message: string): string => message.replace(/[;#\n]/g, " ");
