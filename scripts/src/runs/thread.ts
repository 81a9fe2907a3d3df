// The thread behind `embeddedRunner`: one variant, synthesized and run on its own.
import { enableCompileCache } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import type { SupervisedData } from "@ovsc/local";
import type { ThreadAnswer, ThreadData, ThreadQuestion } from "./embedded-runner.ts";

// A thread has a cache of its own to switch on, and what it imports comes after.
enableCompileCache();
const { isRefusal, openThread } = await import("./open-thread.ts");

const answer = (message: ThreadAnswer): void => parentPort!.postMessage(message);
const { data, supervision } = workerData as SupervisedData<ThreadData>;
const opening = openThread(data, supervision);
// An error is told to whoever sends the first batch.
opening.catch(() => {});
parentPort!.on("message", (question: ThreadQuestion) => {
  opening
    .then((thread) => ("batch" in question ? thread.run(question.batch) : { logs: thread.logs(question.logsOf) }))
    // Classes do not survive the way between threads, so a refusal goes as what it says.
    .then(answer, (error: unknown) => answer(isRefusal(error) ? { refusal: error.message } : { error }));
});
