import { z } from "zod";
import type { Operations } from "../../door/door.ts";
import { AwsError } from "../../errors.ts";
import { describeStateMachine } from "../state-machine.ts";
import type { StepFunctions } from "../step-functions.ts";
import { page, paging, parameters } from "./parameters.ts";

const types = z.enum(["STANDARD", "EXPRESS"]);
const loose = z.record(z.string(), z.unknown());
const tags = z.array(z.strictObject({ key: z.string(), value: z.string() }));

const create = z.strictObject({
  name: z.string(),
  definition: z.string(),
  roleArn: z.string(),
  type: types.optional(),
  // Described as they were given; nothing is logged or traced.
  loggingConfiguration: loose.optional(),
  tracingConfiguration: loose.optional(),
  // Accepted without effect: nothing here reads tags.
  tags: tags.optional(),
});
const byArn = z.strictObject({
  stateMachineArn: z.string(),
  includedData: z.enum(["ALL_DATA", "METADATA_ONLY"]).optional(),
});
const update = z.strictObject({
  stateMachineArn: z.string(),
  definition: z.string().optional(),
  roleArn: z.string().optional(),
  loggingConfiguration: loose.optional(),
  tracingConfiguration: loose.optional(),
});
const list = z.strictObject(paging);
const validate = z.strictObject({ definition: z.string(), type: types.optional() });

/** The operations on state machines. */
export const machineOperations = (states: StepFunctions): Operations => ({
  CreateStateMachine(input) {
    const machine = states.createStateMachine(parameters(create, "CreateStateMachine", input));
    return { stateMachineArn: machine.arn, creationDate: machine.createdMs / 1000 };
  },
  DescribeStateMachine(input) {
    const { stateMachineArn } = parameters(byArn, "DescribeStateMachine", input);
    return describeStateMachine(states.machine(stateMachineArn));
  },
  UpdateStateMachine(input) {
    const { stateMachineArn, definition, roleArn, ...configurations } = parameters(update, "UpdateStateMachine", input);
    const machine = states.machine(stateMachineArn);
    // Executions keep the machine they were started with.
    const updatedMs = states.clock.nowMs;
    states.machines.set(machine.arn, {
      ...machine,
      updatedMs,
      roleArn: roleArn ?? machine.roleArn,
      loggingConfiguration: configurations.loggingConfiguration ?? machine.loggingConfiguration,
      tracingConfiguration: configurations.tracingConfiguration ?? machine.tracingConfiguration,
      ...(definition !== undefined && { definition, program: states.compile(definition, machine.type) }),
    });
    return { updateDate: updatedMs / 1000 };
  },
  DeleteStateMachine(input) {
    const { stateMachineArn } = parameters(byArn, "DeleteStateMachine", input);
    states.machines.delete(stateMachineArn);
    return {};
  },
  ListStateMachines(input) {
    const { entries, next } = page([...states.machines.values()], parameters(list, "ListStateMachines", input));
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
  ValidateStateMachineDefinition(input) {
    const { definition, type = "STANDARD" } = parameters(validate, "ValidateStateMachineDefinition", input);
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
