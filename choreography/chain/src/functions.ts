import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import type { Message, StepName } from "@ovsc/shared";
import type { Call } from "./calls.ts";
import type { Answer, Functions } from "./in-chain.ts";

/** The environment variable that holds the name of a function which another may call. */
export const variableFor = ({ calls, how }: Pick<Call, "calls" | "how">): string =>
  how === "waits" ? `WAITS_FOR_${calls}` : `STARTS_${calls}`;

/**
 * Calls functions by Invoke. The SDK does not try again: four nested callers that did would try the last step 27 times.
 * @param environment of the function that calls
 */
export function invokeBy(
  environment: Readonly<Record<string, string | undefined>>,
  client = new LambdaClient({ maxAttempts: 1 }),
): Functions {
  const invoke = (call: Pick<Call, "calls" | "how">, message: Message) =>
    client.send(
      new InvokeCommand({
        FunctionName: environment[variableFor(call)],
        InvocationType: call.how === "waits" ? "RequestResponse" : "Event",
        Payload: JSON.stringify(message),
      }),
    );
  return {
    async waitFor(step, message) {
      const { FunctionError, Payload } = await invoke({ calls: step, how: "waits" }, message);
      const answer = Payload!.transformToString();
      if (FunctionError) throw new CalleeFailed(step, answer);
      return JSON.parse(answer) as Answer;
    },
    async start(step, message) {
      await invoke({ calls: step, how: "starts" }, message);
    },
  };
}

/** A function that was called threw, or was ended by Lambda. */
class CalleeFailed extends Error {
  override readonly name = "CalleeFailed";
  constructor(step: StepName, answer: string) {
    super(`${step}: ${answer}`);
  }
}
