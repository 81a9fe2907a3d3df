import { drills } from "../../src/drills/drills.ts";
import { runDrill } from "../../src/drills/run-drill.ts";
import { ofEachVariant, type Part } from "./behaviour.ts";

/** Orders that were broken are brought home. */
export const drilled = (): Part[] =>
  ofEachVariant((variant) =>
    drills.map((drill) => ({
      name: drill.name,
      async wrong() {
        const result = await runDrill(drill, variant, { thin: true });
        if (!result) return [];
        const { findings, end, unbroken } = result;
        return end === unbroken ? findings : [...findings, `${end} instead of ${unbroken}`];
      },
    })),
  );
