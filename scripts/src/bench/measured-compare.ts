// What `ranCompare` starts: a comparison that says in its last line how much memory and how much of the cores it took.
import { compareCommand, type CompareFlags } from "../commands/compare.ts";

const [flags] = process.argv.slice(2);
process.exitCode = await compareCommand({ ...(JSON.parse(flags!) as CompareFlags), target: "local" });
const { user, system } = process.cpuUsage();
process.stdout.write(`${JSON.stringify({ maxRSS: process.resourceUsage().maxRSS, coreMs: (user + system) / 1000 })}\n`);
