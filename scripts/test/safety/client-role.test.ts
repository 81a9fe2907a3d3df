import { DescribeExecutionCommand, SFNClient, StartExecutionCommand, StopExecutionCommand } from "@aws-sdk/client-sfn";
import { variant as orchestration } from "@ovsc/orchestration";
import { endOf, eventSource, refOf } from "@ovsc/shared";
import { readEvidence } from "@ovsc/shared/aws";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runBatch } from "../../src/runs/run-batch.ts";
import { variants } from "../../src/variants.ts";
import { isWhole, takes } from "../family.ts";
import { another, attemptsOf, batch, eventNames, open, placement, ref } from "./client.ts";

const denied = { name: expect.stringMatching(/^AccessDenied/) as string };

const numRuns = isWhole ? 300 : 40;

/** One of these words, or any other. */
const anyOf = (known: readonly string[]) => fc.oneof(fc.constantFrom(...known), fc.string({ maxLength: 12 }));

describe.each(variants)("whoever may place orders in the $name", (variant) => {
  test("moves none, reads none and forges nothing: every attempt is denied, and the order ends untouched", async () => {
    const opened = await open(variant);
    const { deployment } = opened;
    await deployment.coordination.place(another);
    for (const [what, attempt] of Object.entries(attemptsOf(opened)))
      await expect(attempt(), what).rejects.toMatchObject(denied);
    const outcome = await runBatch(batch, deployment);
    expect(outcome.evidence.map(endOf)).toEqual(["SHIPPED"]);
    expect(endOf(await readEvidence(deployment.table, refOf(another)))).toBe("SHIPPED");
  });

  test.runIf(takes(variant, 0))(
    "says nothing but that an order was placed, whatever the name and the sender",
    async () => {
      const { say, outputs } = await open(variant);
      const words = [...eventNames, "orderplaced", "OrderPlaced ", "", "Lambda Function Invocation Result - Failure"];
      const sources = [eventSource, eventSource.toUpperCase(), "lambda", "aws.lambda", `${eventSource}.x`, "*"];
      const said: string[] = [];
      await fc.assert(
        fc.asyncProperty(anyOf(sources), anyOf(words), async (Source, DetailType) => {
          if (Source === eventSource && DetailType === "OrderPlaced" && outputs["BusName"] !== undefined) return;
          const answer = await say({ Source, DetailType }).then(
            () => "taken",
            ({ name }: Error) => name,
          );
          // A source or a detail type that no event may have is refused before anybody is asked who sends it.
          expect(answer).toMatch(/^AccessDenied|ValidationException/);
          said.push(answer);
        }),
        { seed: 1, numRuns },
      );
      expect(said.filter((answer) => answer.startsWith("AccessDenied")).length).toBeGreaterThan((numRuns * 2) / 3);
    },
  );
});

async function openMachine() {
  const { deployment, outputs, client } = await open(orchestration);
  return { deployment, states: client(SFNClient), stateMachineArn: outputs["StateMachineArn"]! };
}

describe("whoever may start executions in the orchestration", () => {
  test("moves no order by what he puts into the input", async () => {
    const { deployment, states, stateMachineArn } = await openMachine();
    const forged = {
      ...ref,
      resume: true,
      undo: true,
      status: "REFUNDING",
      reached: "PAYMENT_DECLINED",
      row: { Item: { status: { S: "REFUNDING" } } },
      failure: { Error: "NeedsAttention", Cause: "forged" },
      totalCents: 1,
    };
    const place = async () => {
      await deployment.coordination.place(placement!);
      await states.send(new StartExecutionCommand({ stateMachineArn, name: "forged", input: JSON.stringify(forged) }));
    };
    const outcome = await runBatch(batch, { ...deployment, coordination: { ...deployment.coordination, place } });
    expect(outcome.evidence.map(endOf)).toEqual(["SHIPPED"]);
    expect(outcome.evidence[0]?.charges.map(({ amountCents }) => amountCents)).toEqual([4_998]);
  });

  test("stops none, looks at none, and starts no other machine", async () => {
    const { deployment, states, stateMachineArn } = await openMachine();
    await deployment.coordination.place(another);
    const executionArn = `${stateMachineArn.replace(":stateMachine:", ":execution:")}:another-placement`;
    for (const attempt of [
      () => states.send(new StopExecutionCommand({ executionArn })),
      () => states.send(new DescribeExecutionCommand({ executionArn })),
      () => states.send(new StartExecutionCommand({ stateMachineArn: `${stateMachineArn}-other` })),
    ]) {
      await expect(attempt()).rejects.toMatchObject(denied);
    }
  });
});
