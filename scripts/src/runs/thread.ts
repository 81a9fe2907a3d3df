// The thread behind `embeddedRunner`: one variant, synthesized and run on its own.
import { enableCompileCache } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import type { SupervisedData } from "@ovsc/local";
import type { ThreadAnswer, ThreadData, ThreadQuestion } from "./embedded-runner.ts";

// Each thread enables the compile cache for itself, before it imports the modules that are to be cached.
enableCompileCache();
const { isRefusal, openThread } = await import("./open-thread.ts");

const answer = (message: ThreadAnswer): void => parentPort!.postMessage(message);
const { data, supervision } = workerData as SupervisedData<ThreadData>;
const opening = openThread(data, supervision);
// The answer to the first question reports this error.
opening.catch(() => {});
parentPort!.on("message", (question: ThreadQuestion) => {
  opening
    .then((thread) => {
      if ("batch" in question) return thread.run(question.batch);
      return "fresh" in question ? thread.startAfresh() : { logs: thread.logs(question.logsOf) };
    })
    // A message between threads loses the class of an error, so a refusal is sent as its text.
    .then(answer, (error: unknown) => answer(isRefusal(error) ? { refusal: error.message } : { error }));
});
