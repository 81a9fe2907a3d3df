// Loaded before anything else (`--import`): the project's commands and judgement then run on a copy of its packages.
import { registerHooks } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** The environment variable that names the folder of the copy. */
const copy = process.env["ORDER_SAGA_COPY"];
if (copy === undefined) throw new Error("ORDER_SAGA_COPY names no copy of the packages");
const root = new URL("../../..", import.meta.url);

/** What is safe is said by the project, whatever a copy of it says. Statuses and endings are the copy's. */
const safetyRules = "shared/src/evidence-rules.ts";
const ofCopy = pathToFileURL(join(copy, safetyRules)).href;
const ofProject = new URL(safetyRules, root).href;

/** Who judges, runs and asks: they are the project's, and see the packages of the copy. */
const judging = ["scripts/", "workshop/"].map((folder) => new URL(folder, root).href);
const inCopy = pathToFileURL(join(copy, "package.json")).href;

registerHooks({
  resolve(specifier, context, next) {
    const isOurs = judging.some((folder) => context.parentURL?.startsWith(folder));
    const isOfCopy = /^@ovsc\/(shared|choreography|orchestration|hybrid)(\/|$)/.test(specifier);
    return isOurs && isOfCopy ? next(specifier, { ...context, parentURL: inCopy }) : next(specifier, context);
  },
  load(url, context, next) {
    if (url !== ofCopy) return next(url, context);
    return { ...next(ofProject, context), shortCircuit: true };
  },
});
