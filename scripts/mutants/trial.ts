// A thread that tries one build after the other: each message is the module of a build, the last answer to it what came
// of it.
import { enableCompileCache } from "node:module";
import { parentPort } from "node:worker_threads";
import type { Behaviour } from "./behaviours.ts";

export interface Question {
  readonly module: string;
  /** What is wrong without any change, and says nothing of a build. Without it, nothing ends the trial early. */
  readonly known?: readonly string[];
}

/** What a behaviour came to; `wrong` holds what was found before the trial ended. */
export interface Said {
  readonly behaviour: string;
  readonly wrong: readonly string[];
  /** Of this thread, in milliseconds. */
  readonly cpuMs: number;
}

/** A behaviour begins, or has ended, or all have. A thread that is spoiled may not try another build. */
export type Answer = { readonly begins: string } | Said | { readonly done: "well" | "spoiled" };

enableCompileCache();

let current: { name: string; wrong: string[]; began: NodeJS.CpuUsage } | undefined;
const answer = (message: Answer): void => parentPort!.postMessage(message);

function begin(name: string): string[] {
  current = { name, wrong: [], began: process.threadCpuUsage() };
  answer({ begins: name });
  return current.wrong;
}

function say(): void {
  const { name: behaviour, wrong, began } = current!;
  const { user, system } = process.threadCpuUsage(began);
  answer({ behaviour, wrong, cpuMs: (user + system) / 1000 });
}

// What a build leaves pending may fail outside of any behaviour. The thread is then of no more use.
for (const name of ["uncaughtException", "unhandledRejection"]) {
  process.on(name, (error: unknown) => {
    current!.wrong.push(sentence(error));
    say();
    answer({ done: "spoiled" });
  });
}

parentPort!.on("message", ({ module, known }: Question) => {
  void tryBuild(module, known).then(() => answer({ done: "well" }));
});

async function tryBuild(module: string, known?: readonly string[]): Promise<void> {
  const ignored = new Set(known);
  let wrong = begin("load");
  try {
    const { behaviours } = (await import(module)) as { behaviours: readonly Behaviour[] };
    say();
    for (const behaviour of behaviours) {
      wrong = begin(behaviour.name);
      for await (const each of behaviour.wrong()) {
        if (ignored.has(each)) continue;
        wrong.push(each);
        if (known) break;
      }
      say();
      if (known && wrong.length > 0) return;
    }
  } catch (error) {
    wrong.push(sentence(error));
    say();
  }
}

const sentence = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message.split("\n")[0]}` : String(error);
