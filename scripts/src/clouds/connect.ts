import { EventBridgeClient, ListTargetsByRuleCommand } from "@aws-sdk/client-eventbridge";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { longestRest, profileNamed, retryBudgets } from "@ovsc/shared";
import type { Coordination, DeployedStack, Remedy, Variant } from "@ovsc/shared/variant";

/**
 * The way to a variant's stack. Where that has a sweeper, which is the same in all of them, an operator can wake it.
 */
export function connect(variant: Variant, stack: DeployedStack): Coordination {
  const coordination = variant.connect(stack);
  const Rule = stack.outputs["SweepRuleName"];
  if (Rule === undefined) return coordination;
  return { ...coordination, remedies: { ...coordination.remedies, sweep: sweepNow(stack, Rule) } };
}

/** Runs the sweeper now, as its schedule would at the next full hour. */
function sweepNow({ outputs, client, now }: DeployedStack, Rule: string): Remedy {
  const restHours = longestRest(retryBudgets[profileNamed(outputs["RetryProfile"])]) / 3_600;
  return {
    does: `wakes the sweeper, which acts for every order that nobody moved on for ${restHours.toFixed(0)} hours`,
    async apply() {
      const { Targets = [] } = await client(EventBridgeClient).send(new ListTargetsByRuleCommand({ Rule }));
      const Payload = JSON.stringify({ id: `operator-${Date.parse(now())}` });
      const functions = client(LambdaClient);
      for (const { Arn: FunctionName } of Targets)
        await functions.send(new InvokeCommand({ FunctionName, InvocationType: "Event", Payload }));
      return Targets.map(({ Arn = "" }) => `woke ${Arn.split(":")[6]}`);
    },
  };
}
