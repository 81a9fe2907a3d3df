import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { exit, Failure, print } from "@ovsc/scripts";
import { projectRoot } from "../lab/states.ts";

const launcher = join(projectRoot, "scripts/bin/run.mjs");
/** For a lab by every seed, on a machine that does other things too. */
const longestWaitMs = 15 * 60_000;

/** Somebody who types commands, and saves files. What is typed and what comes back goes to stdout. */
export class Learner {
  readonly folder: string;
  readonly #env: NodeJS.ProcessEnv;

  /** @param folder of his copy */
  constructor(folder: string) {
    this.folder = folder;
    this.#env = { ...process.env, ORDER_SAGA_LAB: folder, CI: "true" };
  }

  /** @throws Failure for a command that ends with another code than those given: 0 and 1 mean that it could be run */
  type(words: readonly string[], codes: readonly number[] = [exit.valid, exit.invalid]): void {
    print(`\n$ pnpm ${words.join(" ")}\n`);
    const own = words.map((word) => word.replace(/^lab\//, `${this.folder}/`));
    const { status } = spawnSync(process.execPath, [launcher, ...own], { env: this.#env, stdio: ["ignore", 1, 1] });
    print(`[exit code ${status}]\n`);
    if (status === null || !codes.includes(status))
      throw new Failure(`pnpm ${words.join(" ")} ended with ${status} instead of ${codes.join(" or ")}`, {
        exitCode: exit.invalid,
      });
  }

  /**
   * Watches, saves once the first verdict is there, and waits until the lab is passed, or asks what came of it.
   * @throws Failure where it is not
   */
  async watch(save: () => void): Promise<void> {
    print("\n$ pnpm lab\n");
    const watching = spawn(process.execPath, [launcher, "lab"], { env: this.#env, stdio: ["ignore", "pipe", "pipe"] });
    const passed = Promise.withResolvers<boolean>();
    let [shown, savedAtMs, isTold] = ["", 0, false];
    const hear = (text: Buffer): void => {
      print(text.toString());
      shown += text.toString();
      const isVerdict = /^next: |^right so far/m.test(shown);
      if (savedAtMs === 0 && isVerdict) {
        print("\n[the reference change is saved]\n");
        [shown, savedAtMs] = ["", performance.now()];
        save();
      } else if (savedAtMs > 0 && isVerdict && !isTold) {
        isTold = true;
        print(`[${((performance.now() - savedAtMs) / 1000).toFixed(1)} s after the save]\n`);
      }
      if (/^ {2}passed[^]*^next: |^next: pnpm lab answer /m.test(shown)) passed.resolve(true);
    };
    watching.stdout.on("data", hear);
    watching.stderr.on("data", hear);
    watching.on("exit", () => passed.resolve(false));
    const isPassed = await Promise.race([passed.promise, pause(longestWaitMs, false, { ref: false })]);
    if (watching.exitCode === null) {
      watching.kill("SIGINT");
      await once(watching, "exit");
    }
    print("[Ctrl-C]\n");
    if (!isPassed) throw new Failure("the reference change does not pass", { exitCode: exit.invalid });
  }
}
