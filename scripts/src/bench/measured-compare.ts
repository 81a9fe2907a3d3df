// What `longRun` starts: a comparison that says in its last line how much memory it took.
import { compareCommand } from "../commands/compare.ts";

const [orders, out] = process.argv.slice(2);
process.exitCode = await compareCommand({ orders: Number(orders), seed: 1, out: out!, target: "local" });
process.stdout.write(`${JSON.stringify({ maxRSS: process.resourceUsage().maxRSS })}\n`);
