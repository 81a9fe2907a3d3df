import { globSync } from "node:fs";

const patterns = [
  "choreography/src/{rules,stack,on-event,handler,sweeper}.ts",
  "orchestration/src/{definition,saga-machine,stack,as-task,task,ends,handler,sweeper}.ts",
  "shared/src/{lifecycle,endings,errors,event,evidence,evidence-rules,retry-budget,placement,order,sweep}.ts",
  "shared/src/{steps,aws,infra}/*.ts",
  "scripts/src/judgement/{judge,rules,differences,verdict}.ts",
];

/** How handlers are bundled, which the build of mutants does its own way, and a setting for the speed of zod. */
const others = /^shared\/src\/(infra\/(bundle(-options)?|name-draft)|aws\/interpret-schemas)\.ts$/;

/** What mutants are made of: rules, stacks, shells, definition, steps, lifecycle, adapters, evidence, judge. */
export const mutatedFiles = (root: string): string[] =>
  globSync(patterns, { cwd: root })
    .filter((file) => !others.test(file))
    .toSorted();
