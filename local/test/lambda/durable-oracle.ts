/**
 * Runs the workflow in AWS's own test runner, which replaces the timers of the whole process: prints what came of it as
 * JSON. `node local/test/lambda/durable-oracle.ts '[{"failures":0,"target":"succeeds"}]'`
 */
import { LocalDurableTestRunner } from "@aws/durable-execution-sdk-js-testing";
import { type Asked, handler } from "./durable-workflow.ts";

await LocalDurableTestRunner.setupTestEnvironment({ skipTime: true });
const answers: object[] = [];
for (const payload of JSON.parse(process.argv[2]!) as Asked[]) {
  const runner = new LocalDurableTestRunner({ handlerFunction: handler });
  runner.registerFunction("shipper-succeeds", async ({ orderId }: { orderId: string }) => ({ shipped: orderId }));
  runner.registerFunction("shipper-fails", async () => {
    throw new RangeError("refused");
  });
  const answer = await runner.run({ payload });
  const operations = answer.getOperations().map((each) => each.getOperationData());
  answers.push({ status: answer.getStatus(), result: answer.getResult() as unknown, operations });
}
await LocalDurableTestRunner.teardownTestEnvironment();
process.stdout.write(JSON.stringify(answers));
