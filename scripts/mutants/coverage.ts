import type { Mutant } from "./mutant.ts";
import type { Question, Survey } from "./trial.ts";

/** Which parts of which behaviours can tell a mutant from the source as it is. */
export class Coverage {
  readonly #partsOf = new Map<string, Record<string, string[]>>();
  readonly #changesLoading: ReadonlySet<string>;
  readonly #changesTemplates: ReadonlySet<string>;
  readonly #templates: string;
  readonly #cpuMs = new Map<string, number>();

  /** @param surveys of all behaviours, together */
  constructor(surveys: readonly Survey[]) {
    for (const { behaviour, part, covered, cpuMs } of surveys.flatMap(({ parts }) => parts)) {
      this.#cpuMs.set(`${behaviour}: ${part}`, cpuMs);
      for (const id of covered) {
        const parts = this.#partsOf.get(id) ?? {};
        (parts[behaviour] ??= []).push(part);
        this.#partsOf.set(id, parts);
      }
    }
    this.#changesLoading = new Set(surveys.flatMap(({ imported, loaded }) => [...imported, ...loaded]));
    this.#changesTemplates = new Set(surveys.flatMap(({ synthesized }) => synthesized));
    this.#templates = surveys[0]!.templates;
  }

  /** @returns nothing for a mutant that no part comes by */
  questionOf({ id }: Mutant, module: string): Extract<Question, { active: unknown }> | undefined {
    const parts = this.#partsOf.get(id);
    const [isLoaded, isSynthesized] = [this.#changesLoading.has(id), this.#changesTemplates.has(id)];
    if (!parts && !isLoaded && !isSynthesized) return undefined;
    return {
      module,
      active: id,
      isLoadedAnew: isLoaded || isSynthesized,
      parts: isLoaded || isSynthesized ? undefined : parts,
      ...(isSynthesized && !isLoaded && !parts && { templates: this.#templates }),
    };
  }

  /** How long a part takes, in milliseconds of CPU time; nothing for what is no part. */
  cpuMsOf = (part: string): number | undefined => this.#cpuMs.get(part);
}
