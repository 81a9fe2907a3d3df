import {
  decide,
  eventsOf,
  type Milestone,
  orderStatuses,
  type OrderStatus,
  type Step,
  stepNames,
  steps,
} from "@ovsc/shared";
import { withoutBundling } from "@ovsc/shared/bundle-options";
import { grantsOf } from "@ovsc/shared/variant";
import { Template } from "aws-cdk-lib/assertions";
import { describe, expect, test } from "vitest";
import { orchestrationApp } from "../src/app.ts";

const stack = orchestrationApp({ context: withoutBundling }).synth().getStackByName("ovsc-orchestration");
const template = Template.fromJSON(stack.template as Record<string, unknown>);

interface State {
  readonly Type: string;
  readonly TimeoutSeconds?: number;
  readonly Retry?: readonly { readonly ErrorEquals: readonly string[]; readonly MaxAttempts: number }[];
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
  readonly Next?: string;
  readonly Choices?: readonly {
    readonly Next: string;
    readonly StringEquals?: string;
    readonly Or?: readonly { readonly StringEquals: string }[];
  }[];
}
const [machine] = Object.values(template.findResources("AWS::StepFunctions::StateMachine"));
const { DefinitionString, ...properties } = machine!["Properties"] as Record<string, unknown> & {
  DefinitionString: { "Fn::Join": [string, unknown[]] };
};
const text = DefinitionString["Fn::Join"][1].map((part) => (typeof part === "string" ? part : "arn")).join("");
const definition = JSON.parse(text) as {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
};
const allTasks = Object.entries(definition.States).filter(([, state]) => state.Type === "Task");
const tasks = allTasks.filter(([name]) => name !== "WhereIsIt");

describe("the orchestration's state machine", () => {
  test("is a Standard one under a name of its own, logged and traced", () => {
    expect(properties).toMatchObject({
      StateMachineName: "ovsc-orchestration-saga",
      StateMachineType: "STANDARD",
      TracingConfiguration: { Enabled: true },
      LoggingConfiguration: { Level: "ALL", IncludeExecutionData: true },
    });
  });

  test("has a task for each step, and a timeout on each and on itself", () => {
    expect(tasks.map(([name]) => name).toSorted()).toEqual([...stepNames].toSorted());
    for (const [, { TimeoutSeconds }] of tasks) expect(TimeoutSeconds).toBe(30);
  });

  test("never retries a refusal", () => {
    for (const [, { Retry = [] }] of tasks) {
      expect(Retry[0]).toMatchObject({ MaxAttempts: 0 });
      expect(Retry[0]?.ErrorEquals).toEqual(
        expect.arrayContaining(["InventoryUnavailable", "PaymentDeclined", "ShippingFailed"]),
      );
    }
  });

  test("undoes in reverse order whatever fails for a reason that nobody foresaw", () => {
    const caught = Object.fromEntries(
      tasks.map(([name, { Catch = [] }]) => [
        name,
        Catch.find(({ ErrorEquals }) => ErrorEquals.includes("States.ALL"))?.Next,
      ]),
    );
    expect(caught).toEqual({
      CreateOrder: "RefundPayment",
      ReserveInventory: "RefundPayment",
      ChargePayment: "RefundPayment",
      ShipOrder: "RefundPayment",
      RefundPayment: "ParkOrder",
      ReleaseInventory: "ParkOrder",
      // So that an execution that could not park its order can be redriven.
      ParkOrder: undefined,
    });
    expect(definition.States["RefundPayment"]?.Next).toBe("ReleaseInventory");
  });

  test("catches by its name each refusal that a step takes for an answer, and each that it rejects", () => {
    for (const [name, { Catch = [] }] of tasks) {
      const { refusals, rejects, name: step } = steps[name as keyof typeof steps];
      const declared = [...refusals.map(({ error }) => error.name), ...rejects.map((error) => error.name)];
      const caught = Catch.flatMap(({ ErrorEquals }) => ErrorEquals);
      const common = ["OrderConflict", "OrderOvertaken", ...(step === "ParkOrder" ? [] : ["States.ALL"])];
      expect(caught.toSorted(), name).toEqual([...new Set([...declared, ...common])].toSorted());
    }
  });

  test("goes on, wherever the row is, with a step that has something to do or to say there", () => {
    const { Choices = [] } = definition.States["WayOn"]!;
    const ways = Choices.flatMap(({ Or, StringEquals, Next }) =>
      (Or ?? [{ StringEquals }]).map(({ StringEquals: status }) => [status!, Next] as const),
    );
    expect(ways.map(([status]) => status).toSorted()).toEqual([...orderStatuses].toSorted());
    for (const [status, next] of ways) {
      const step: Step & { readonly begins?: Milestone } = steps[next as keyof typeof steps];
      const milestones = [...(step.begins ? [step.begins] : []), ...eventsOf(step)];
      expect(decide(status as OrderStatus, milestones).kind, `${status} → ${next}`).not.toBe("ignore");
    }
  });

  test("is all that those who place orders may start, beside writing a document", () => {
    expect(grantsOf(stack.template, "Client")).toEqual([
      {
        Effect: "Allow",
        Action: "dynamodb:PutItem",
        Resource: { "Fn::GetAtt": [expect.stringMatching(/^Orders/), "Arn"] },
        Condition: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["PLACEMENT#*"] } },
      },
      {
        Effect: "Allow",
        Action: "states:StartExecution",
        Resource: { Ref: expect.stringMatching(/^Saga/) },
      },
    ]);
  });

  test("may invoke its own functions and nothing else", () => {
    const statements = grantsOf(stack.template, "SagaRole");
    const invoke = statements.filter(({ Action }) => Action === "lambda:InvokeFunction");
    expect(invoke.map(({ Resource }) => Resource)).not.toContain("*");
    // X-Ray and the delivery of logs know no narrower resource.
    const wide = statements.filter(({ Resource }) => Resource === "*").flatMap(({ Action }) => Action);
    expect(wide.every((action) => action.startsWith("xray:") || action.startsWith("logs:"))).toBe(true);
  });
});
