import { registerHooks } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** A copy of the packages, and what the URL of each module on it ends in: on another copy it is another module. */
export interface Copy {
  readonly folder: string;
  readonly mark: string;
}

const root = new URL("../../..", import.meta.url);

/** Who judges, runs and asks: they are the project's, and see the packages of the copy. */
const judging = ["scripts/", "workshop/"].map((folder) => new URL(folder, root).href);
/** What is safe is said by the project, whatever a copy of it says. Statuses and endings are the copy's. */
const safetyRules = "shared/src/evidence-rules.ts";

/**
 * From here on the project's commands and judgement run on a copy of its packages.
 * @param copyOf on which one a module lives, by its URL; nothing for one that lives on none
 */
export function registerCopies(copyOf: (url: string) => Copy | undefined): void {
  registerHooks({
    resolve(specifier, context, next) {
      const { parentURL = "" } = context;
      const copy = copyOf(parentURL);
      if (!copy) return next(specifier, context);
      const isOurs = judging.some((folder) => parentURL.startsWith(folder));
      const isOfCopy = /^@ovsc\/(shared|choreography|orchestration|hybrid)(\/|$)/.test(specifier);
      const inCopy = pathToFileURL(join(copy.folder, "package.json")).href;
      const found = next(specifier, isOurs && isOfCopy ? { ...context, parentURL: inCopy } : context);
      return livesOn(copy, found.url) ? { ...found, url: found.url + copy.mark } : found;
    },
    load(url, context, next) {
      const copy = copyOf(url);
      const isRules = copy && url === pathToFileURL(join(copy.folder, safetyRules)).href + copy.mark;
      if (!isRules) return next(url, context);
      return { ...next(new URL(safetyRules, root).href, context), shortCircuit: true };
    },
  });
}

/** Who judges, and what it judges; not what both have installed. */
const livesOn = ({ folder }: Copy, url: string): boolean =>
  !url.includes("/node_modules/") &&
  [...judging, pathToFileURL(`${folder}/`).href].some((each) => url.startsWith(each));
