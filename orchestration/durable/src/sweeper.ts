// The entry of the sweeper's bundle.
import { LambdaClient } from "@aws-sdk/client-lambda";
import { wakingBy } from "@ovsc/orchestration/latest-execution";
import { sweep } from "@ovsc/shared";
import { sweepPortsIn } from "@ovsc/shared/aws";
import { durableFunction } from "./executions.ts";

const { TABLE_NAME, WORKFLOW_ARN, REST_SECONDS } = process.env;
const ports = sweepPortsIn(TABLE_NAME!, { saysFacts: false, restSeconds: Number(REST_SECONDS) });
const waking = wakingBy(durableFunction(new LambdaClient({}), WORKFLOW_ARN!));

export const handler = ({ id }: { readonly id: string }): Promise<void> => sweep(ports, waking, id);
