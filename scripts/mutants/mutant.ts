import { createHash } from "node:crypto";
import { Instrumenter } from "@stryker-mutator/instrumenter";

/** One small change of the source that makes it wrong, or ought to. */
export interface Mutant {
  /** By which it is switched on: see `switches.ts`. */
  readonly id: string;
  /** From the root of the repository. */
  readonly file: string;
  /** Of Stryker's: https://stryker-mutator.io/docs/mutation-testing-elements/supported-mutators */
  readonly operator: string;
  readonly line: number;
  readonly original: string;
  readonly replacement: string;
  /** The same as long as the text it changes is, wherever that stands in its file. */
  readonly key: string;
  /** The file with the change. */
  readonly source: string;
}

export interface SourceFile {
  readonly name: string;
  readonly content: string;
}

/** Texts are for people, and so is what is logged: no order goes another way for them. */
const excludedMutations = ["StringLiteral", "Regex"];

const quiet = () => {};
const logger = { debug: quiet, info: quiet, trace: quiet, warn: quiet, error: quiet, fatal: quiet };
const disabled = () => false;
const levels = ["Debug", "Info", "Trace", "Warn", "Error", "Fatal"].map((level) => [`is${level}Enabled`, disabled]);
const instrumenter = new Instrumenter({ ...logger, ...Object.fromEntries(levels) } as never);

/** The functions by which Stryker's instrumented files ask for the switch. `switches.ts` has its own. */
const header = /function stryNS_9fa48\(\) \{[\s\S]*?\nfunction stryMutAct_9fa48\(id\) \{[\s\S]*?\n\}\n/;

/**
 * Every mutant of these files, in their order.
 * @returns also the files with all of them inside, each behind a switch
 */
export async function mutantsOf(
  files: readonly SourceFile[],
): Promise<{ readonly mutants: Mutant[]; readonly instrumented: SourceFile[] }> {
  const result = await instrumenter.instrument(
    files.map((file) => ({ ...file, mutate: true })),
    {
      plugins: null,
      mutatorPlugins: [],
      excludedMutations,
      ignorers: [{ shouldIgnore: ({ node }: { node: AstNode }) => (isLog(node) ? "what is logged" : undefined) }],
    } as never,
  );
  const contents = new Map(files.map(({ name, content }) => [name, { content, starts: lineStarts(content) }]));
  const times = new Map<string, number>();
  const mutants = result.mutants
    .filter(({ status }) => status !== "Ignored")
    .map(({ id, fileName: file, mutatorName: operator, location: { start, end }, replacement }) => {
      const { content, starts } = contents.get(file)!;
      const [from, to] = [starts[start.line]! + start.column, starts[end.line]! + end.column];
      const original = content.slice(from, to);
      const text = `${file} ${operator} ${short(original)} -> ${short(replacement)}`;
      const time = (times.get(text) ?? 0) + 1;
      times.set(text, time);
      return {
        id,
        file,
        operator,
        line: start.line + 1,
        original,
        replacement,
        key: time === 1 ? text : `${text} (${time})`,
        source: content.slice(0, from) + replacement + content.slice(to),
      };
    });
  const instrumented = result.files.map(({ name, content }) => ({ name, content: content.replace(header, "") }));
  return { mutants, instrumented };
}

interface AstNode {
  readonly type: string;
  readonly expression?: AstNode;
  readonly callee?: AstNode;
  readonly name?: string;
}

/** A call of `log`, or the statement that is one. */
const isLog = ({ type, expression, callee }: AstNode): boolean =>
  type === "ExpressionStatement" ? isLog(expression!) : callee?.name === "log";

/** Where each line begins. */
function lineStarts(content: string): number[] {
  const starts = [0];
  for (const { index } of content.matchAll(/\n/g)) starts.push(index + 1);
  return starts;
}

/** A text as a key has it: on one line, and what is long by its hash. */
function short(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length <= 60
    ? line
    : `${line.slice(0, 40)}… #${createHash("sha256").update(line).digest("hex").slice(0, 6)}`;
}

/**
 * All mutants in an order drawn by a seed. Each has a number of its own, so that a change of one file draws no other
 * mutants of the others.
 */
export const shuffled = (mutants: readonly Mutant[], seed: number): Mutant[] =>
  mutants
    .map((mutant) => ({ mutant, number: createHash("sha256").update(`${seed} ${mutant.key}`).digest("hex") }))
    .toSorted((a, b) => (a.number < b.number ? -1 : 1))
    .map(({ mutant }) => mutant);
