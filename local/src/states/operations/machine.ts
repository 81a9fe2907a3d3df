import type { Operations } from "../../door/door.ts";
import { AwsError } from "../../errors.ts";
import { describeStateMachine } from "../state-machine.ts";
import type { StateMachineInput, StepFunctions } from "../step-functions.ts";
import { page, type PageInput } from "./page.ts";

interface Named {
  readonly stateMachineArn: string;
}

type UpdateInput = Named & Partial<Omit<StateMachineInput, "name" | "type">>;

/** The operations on state machines. */
export const machineOperations = (states: StepFunctions): Operations => ({
  // Nothing is logged or traced; configurations are described as they were given. Nothing reads tags.
  CreateStateMachine(input: StateMachineInput) {
    const machine = states.createStateMachine(input);
    return { stateMachineArn: machine.arn, creationDate: machine.createdMs / 1000 };
  },
  DescribeStateMachine: ({ stateMachineArn }: Named) => describeStateMachine(states.machine(stateMachineArn)),
  UpdateStateMachine({ stateMachineArn, ...changes }: UpdateInput) {
    return { updateDate: states.updateStateMachine(stateMachineArn, changes).updatedMs / 1000 };
  },
  DeleteStateMachine({ stateMachineArn }: Named) {
    states.machines.delete(stateMachineArn);
    return {};
  },
  ListStateMachines(input: PageInput) {
    const { entries, next } = page([...states.machines.values()], input);
    return {
      stateMachines: entries.map(({ arn, name, type, createdMs }) => ({
        stateMachineArn: arn,
        name,
        type,
        creationDate: createdMs / 1000,
      })),
      ...next,
    };
  },
  ValidateStateMachineDefinition({ definition, type = "STANDARD" }: Pick<StateMachineInput, "definition" | "type">) {
    try {
      states.compile(definition, type);
      return { result: "OK", diagnostics: [], truncated: false };
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return {
        result: "FAIL",
        diagnostics: [{ severity: "ERROR", code: "SCHEMA_VALIDATION_FAILED", message: error.message }],
        truncated: false,
      };
    }
  },
});
