import { globSync } from "node:fs";

const patterns = [
  "choreography/src/{rules,stack,on-event,handler,sweeper}.ts",
  "orchestration/src/{definition,saga-machine,stack,as-task,task,ends,handler,sweeper}.ts",
  "shared/src/{lifecycle,endings,errors,event,evidence,evidence-rules,retry-budget,placement,order,sweep}.ts",
  "shared/src/{steps,aws,infra}/*.ts",
  "scripts/src/judgement/{judge,rules,differences,verdict}.ts",
];

/** What mutants are made of: rules, stacks, shells, definition, steps, lifecycle, adapters, evidence, judge. */
export const mutatedFiles = (root: string): string[] => globSync(patterns, { cwd: root }).toSorted();
