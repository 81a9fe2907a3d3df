import { UnknownFeature } from "../../errors.ts";
import { compileFlow } from "../definition/data-flow.ts";
import type { Fields, Language } from "../definition/fields.ts";
import { compileRecovery } from "../definition/recovery.ts";
import type { StateContext } from "../definition/state-context.ts";
import type { Program, State } from "../definition/state.ts";
import type { Thread } from "../execution/thread.ts";
import { Children } from "./children.ts";
import { compileItems, compileItemSelector } from "./items.ts";
import { Iterations } from "./iterations.ts";
import { compileMapNumber } from "./number.ts";

const common = [
  "Next",
  "End",
  "Assign",
  "ItemProcessor",
  "Iterator",
  "ItemSelector",
  "MaxConcurrency",
  "Label",
  "ToleratedFailureCount",
  "ToleratedFailurePercentage",
  "Retry",
  "Catch",
];

export const mapFields: Readonly<Record<Language, readonly string[]>> = {
  JSONPath: [
    ...common,
    "InputPath",
    "ItemsPath",
    "Parameters",
    "MaxConcurrencyPath",
    "ToleratedFailureCountPath",
    "ToleratedFailurePercentagePath",
    "ResultSelector",
    "ResultPath",
    "OutputPath",
  ],
  JSONata: [...common, "Items", "Output"],
};

/** What runs the items: iterations in the same history, or child executions with their own. */
export interface ItemProcessor {
  readonly program: Program;
  readonly distributed: boolean;
  readonly childType: "STANDARD" | "EXPRESS";
  readonly label: string;
}

/** How a Map state goes about its items, in numbers. */
export interface MapLimits {
  /** 0 for as many as the mode allows. */
  readonly maxConcurrency: number;
  readonly toleratedCount: number | undefined;
  readonly toleratedPercentage: number | undefined;
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-map.html */
export function compileMap(fields: Fields, context: StateContext): State {
  const { language, name } = context;
  const flow = compileFlow(fields, language, { result: "result" });
  const link = context.next();
  const processor = compileProcessor(fields, context);
  const items = compileItems(fields, language);
  const select = compileItemSelector(fields, language);
  const concurrency = compileMapNumber(fields, "MaxConcurrency", language, { type: "integer" });
  const count = compileMapNumber(fields, "ToleratedFailureCount", language, { type: "integer" });
  const percentage = compileMapNumber(fields, "ToleratedFailurePercentage", language, { type: "float", most: 100 });
  return {
    name,
    type: "Map",
    recovery: compileRecovery(fields, language, context.link),
    run: (thread) => {
      const input = flow.arguments(thread);
      thread.follow(items(input, thread), (list) => {
        thread.follow(concurrency?.(thread), (maxConcurrency) => {
          const values = list as readonly unknown[];
          thread.record({ type: "MapStateStarted", kind: "mapStateStarted", data: values.length });
          // Recorded: the thresholds are read once the state has started.
          thread.follow(count?.(thread), (toleratedCount) => {
            thread.follow(percentage?.(thread), (toleratedPercentage) => {
              const limits = {
                maxConcurrency: (maxConcurrency as number | undefined) ?? 0,
                toleratedCount: toleratedCount as number | undefined,
                toleratedPercentage: toleratedPercentage as number | undefined,
              };
              const work = {
                thread,
                processor,
                limits,
                values,
                select: select && ((scope: Thread) => select(input, scope)),
              };
              const done = (outputs: readonly unknown[]) => flow.leave(thread, outputs, link);
              if (processor.distributed) new Children(work, done).start();
              else new Iterations(work, done).start();
            });
          });
        });
      });
    },
  };
}

function compileProcessor(fields: Fields, context: StateContext): ItemProcessor {
  const legacy = fields.object("Iterator");
  const processor = fields.object("ItemProcessor") ?? legacy;
  if (!processor) throw fields.invalid("The field 'ItemProcessor' is required but was missing", "ItemProcessor");
  const config = processor.object("ProcessorConfig");
  config?.allow(["Mode", "ExecutionType"]);
  const distributed = config?.oneOf("Mode", ["INLINE", "DISTRIBUTED"]) === "DISTRIBUTED";
  const childType = config?.oneOf("ExecutionType", ["STANDARD", "EXPRESS"]);
  if (distributed && childType === undefined)
    throw fields.invalid("DISTRIBUTED mode needs an ExecutionType", "ItemProcessor");
  if (!distributed && fields.has("Label")) throw new UnknownFeature("the field Label of an INLINE Map", fields.where);
  return {
    program: context.program(processor, ["ProcessorConfig"]),
    distributed,
    childType: childType ?? "STANDARD",
    label: fields.text("Label") ?? context.name,
  };
}
