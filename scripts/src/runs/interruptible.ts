import { exit } from "../failure.ts";
import { note } from "../terminal.ts";

/** Does what Ctrl-C may end. @param farewell what is said then */
export async function interruptible<Done>(work: () => Promise<Done>, farewell: () => string): Promise<Done> {
  const end = () => {
    note(farewell());
    process.exit(exit.interrupted);
  };
  process.once("SIGINT", end).once("SIGTERM", end);
  try {
    return await work();
  } finally {
    process.off("SIGINT", end).off("SIGTERM", end);
  }
}
