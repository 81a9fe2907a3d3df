import type { Variant } from "@ovsc/shared/variant";
import { type Lived, Stage } from "./stage.ts";
import type { Story } from "./weakening.ts";

/** What a story came to in one variant. */
export type Replayed = Pick<Lived, "findings" | "fired">;

/**
 * Lives a story through in a new embedded cloud.
 * @param assembly of the variant, with the thin SDK
 */
export async function replay(variant: Variant, assembly: string, story: Story): Promise<Replayed> {
  const { findings, fired } = await new Stage(variant, assembly).live(story);
  return { findings, fired };
}
