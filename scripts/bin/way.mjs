// Plain JavaScript without a dependency: Node 12 and an empty checkout must be able to say what is missing.

/** The first Node.js that runs everything here: TypeScript as it is, and the syntax the handlers are bundled for. */
const neededNode = 24;
/** The first pnpm that prints nothing of its own to stdout. */
const neededPnpm = 12;

/**
 * How a command can run here.
 * @param {object} here
 * @param {string} here.node version of the Node.js that runs this, such as "20.20.2"
 * @param {"there" | "not built" | "missing"} here.ownNode the Node.js that an install brings
 * @param {string | undefined} here.agent npm_config_user_agent: the package manager that ran the command
 * @param {readonly string[]} here.words the command and its flags
 * @returns {{ run: "in this process" | "in its own Node" } | { error: string, next: string }}
 */
export function way({ node, ownNode, agent, words }) {
  const again = `npx -y pnpm@${neededPnpm} ${words.join(" ")}`;
  const pnpm = /^pnpm\/(\d+)\S*/.exec(agent || "");
  if (pnpm && Number(pnpm[1]) < neededPnpm && words.includes("--json")) {
    return { error: `${pnpm[0]} prints a banner of its own into what --json prints`, next: again };
  }
  if (parseInt(node, 10) >= neededNode) return { run: "in this process" };
  if (ownNode === "there") return { run: "in its own Node" };
  const missing = `this needs Node.js ${neededNode} and was started with ${node}`;
  return ownNode === "missing"
    ? { error: `${missing}, and the install that brings it has not run`, next: again }
    : {
        error: `${missing}, and the install that brings it ran no scripts`,
        next: `npx -y pnpm@${neededPnpm} rebuild`,
      };
}
