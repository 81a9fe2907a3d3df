// The entry of the sweeper's bundle.
import { SFNClient } from "@aws-sdk/client-sfn";
import { wakingBy } from "@ovsc/orchestration/latest-execution";
import { stateMachine } from "@ovsc/orchestration/state-machine";
import { isSettled, reachedIn, sweep, type Waking } from "@ovsc/shared";
import { sweepPortsIn } from "@ovsc/shared/aws";
import { publishTo, say } from "@ovsc/shared/publish";

const { TABLE_NAME, BUS_NAME, STATE_MACHINE_ARN, REST_SECONDS } = process.env;
const ports = sweepPortsIn(TABLE_NAME!, { saysFacts: true, restSeconds: Number(REST_SECONDS) });
const publish = publishTo(BUS_NAME!);
const byExecution = wakingBy(stateMachine(new SFNClient({}), STATE_MACHINE_ARN!));

/** A new execution goes on from the row. What is settled and unsaid the sweeper says itself, without a step. */
const waking: Waking = {
  ...byExecution,
  async wake(placed, record, causationId) {
    if (record && isSettled(record.status)) await say(reachedIn(record), causationId, { ports, publish });
    await byExecution.wake(placed, record, causationId);
  },
};

export const handler = ({ id }: { readonly id: string }): Promise<void> => sweep(ports, waking, id);
