import { describe, expect, test } from "vitest";
import { runDefinition } from "./run-definition.ts";

const ends = { Yes: { Type: "Pass", Result: "yes", End: true }, No: { Type: "Pass", Result: "no", End: true } };
const choice = (rule: object) => ({
  StartAt: "Is",
  States: { Is: { Type: "Choice", Choices: [{ ...rule, Next: "Yes" }], Default: "No" }, ...ends },
});
const $ = { Variable: "$.v" };

describe("Choice", () => {
  test.each([
    [{ ...$, StringMatches: "log-*.txt" }, "log-2026.txt", "yes"],
    [{ ...$, StringMatches: "a\\*b" }, "a*b", "yes"],
    [{ ...$, StringMatches: "a\\*b" }, "axb", "no"],
    [{ ...$, StringMatches: "a.c" }, "abc", "no"],
    [{ ...$, NumericEquals: 1 }, "1", "no"],
    [{ ...$, IsString: false }, 1, "yes"],
    [{ ...$, TimestampLessThan: "2026-01-01T01:00:00+01:00" }, "2025-12-31T23:59:59Z", "yes"],
    [{ ...$, IsTimestamp: true }, "2026-01-01", "no"],
    [{ Not: { ...$, IsNull: true } }, 1, "yes"],
    [
      {
        Or: [
          { ...$, NumericLessThan: 0 },
          { ...$, NumericGreaterThan: 10 },
        ],
      },
      11,
      "yes",
    ],
    [
      {
        And: [
          { ...$, IsPresent: true },
          { Variable: "$.w", IsPresent: false },
        ],
      },
      null,
      "yes",
    ],
  ])("%j of %j", async (rule, v, expected) => {
    expect((await runDefinition(choice(rule), { input: { v } })).execution.output).toBe(expected);
  });

  test("fails on a variable that is not there, unless it asks IsPresent", async () => {
    const { execution } = await runDefinition(choice({ ...$, StringEquals: "a" }), { input: {} });
    expect(execution).toMatchObject({ status: "FAILED", error: "States.Runtime" });
    expect(execution.cause).toContain(
      "Invalid path '$.v': The choice state's condition path references an invalid value.",
    );
  });

  test("fails as States.NoChoiceMatched without a Default", async () => {
    const { Is, Yes } = choice({ ...$, IsNull: true }).States;
    const { Default: _, ...bare } = Is;
    const { execution } = await runDefinition({ StartAt: "Is", States: { Is: bare, Yes } }, { input: { v: 1 } });
    expect(execution.error).toBe("States.NoChoiceMatched");
  });

  test("under JSONata sets the variables of the rule that matched", async () => {
    const definition = {
      QueryLanguage: "JSONata",
      StartAt: "Is",
      States: {
        Is: {
          Type: "Choice",
          Choices: [
            {
              Condition: "{% $states.input.v > 1 %}",
              Assign: { big: true },
              Output: "{% $states.input.v * 2 %}",
              Next: "Read",
            },
          ],
          Default: "Read",
          Assign: { big: false },
        },
        Read: { Type: "Pass", Output: { big: "{% $big %}", input: "{% $states.input %}" }, End: true },
      },
    };
    expect((await runDefinition(definition, { input: { v: 2 } })).execution.output).toEqual({ big: true, input: 4 });
    expect((await runDefinition(definition, { input: { v: 0 } })).execution.output).toEqual({
      big: false,
      input: { v: 0 },
    });
  });
});
