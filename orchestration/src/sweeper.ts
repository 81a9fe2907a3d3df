// The entry of the sweeper's bundle.
import { SFNClient } from "@aws-sdk/client-sfn";
import { sweep } from "@ovsc/shared";
import { sweepPortsIn } from "@ovsc/shared/aws";
import { wakingBy } from "./latest-execution.ts";
import { stateMachine } from "./state-machine.ts";

const { TABLE_NAME, STATE_MACHINE_ARN, REST_SECONDS } = process.env;
const ports = sweepPortsIn(TABLE_NAME!, { saysFacts: false, restSeconds: Number(REST_SECONDS) });
const waking = wakingBy(stateMachine(new SFNClient({}), STATE_MACHINE_ARN!));

export const handler = ({ id }: { readonly id: string }): Promise<void> => sweep(ports, waking, id);
