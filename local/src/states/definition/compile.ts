import { UnknownFeature } from "../../errors.ts";
import { compileMap, mapFields } from "../map/map.ts";
import type { TaskPort } from "../task/port.ts";
import { compileTask, taskFields } from "../task/task.ts";
import { choiceFields, compileChoice } from "./choice.ts";
import { Fields } from "./fields.ts";
import type { Language } from "./fields.ts";
import { invalidDefinition } from "./invalid-definition.ts";
import { compileParallel, parallelFields } from "./parallel.ts";
import { compilePass, passFields } from "./pass.ts";
import type { StateContext } from "./state-context.ts";
import type { Link, Program, State, StateType } from "./state.ts";
import { compileFail, compileSucceed, failFields, succeedFields } from "./terminal.ts";
import { compileWait, waitFields } from "./wait.ts";

interface Compiler {
  /** The fields beside Type, Comment and QueryLanguage, by query language. */
  readonly fields: Readonly<Record<Language, readonly string[]>>;
  readonly compile: (fields: Fields, context: StateContext) => State;
}

const compilers: Readonly<Record<StateType, Compiler>> = {
  Choice: { fields: choiceFields, compile: compileChoice },
  Fail: { fields: failFields, compile: compileFail },
  Map: { fields: mapFields, compile: compileMap },
  Parallel: { fields: parallelFields, compile: compileParallel },
  Pass: { fields: passFields, compile: compilePass },
  Succeed: { fields: succeedFields, compile: compileSucceed },
  Task: { fields: taskFields, compile: compileTask },
  Wait: { fields: waitFields, compile: compileWait },
};

/**
 * Compiles a definition in the Amazon States Language into a program that any number of executions may run.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html
 * @param definition the definition as parsed JSON
 * @throws AwsError InvalidDefinition where CreateStateMachine would turn it down
 * @throws UnknownFeature for what the cloud does not know, with the path of the state
 */
export function compile(definition: unknown, port: TaskPort, type: "STANDARD" | "EXPRESS" = "STANDARD"): Program {
  const fields = new Fields(definition, "/");
  const language = languageOf(fields, "JSONPath");
  if (fields.has("Version") && fields.text("Version") !== "1.0")
    throw fields.invalid("Value is not valid. It must be 1.0", "Version");
  return compileProgram(fields, language, port, type === "EXPRESS", ["Version", "QueryLanguage", "TimeoutSeconds"], "");
}

const languageOf = (fields: Fields, outer: Language): Language => {
  const language = fields.oneOf("QueryLanguage", ["JSONPath", "JSONata"]) ?? outer;
  if (outer === "JSONata" && language === "JSONPath") {
    throw fields.invalid(
      "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine",
      "QueryLanguage",
    );
  }
  return language;
};

function compileProgram(
  fields: Fields,
  language: Language,
  port: TaskPort,
  express: boolean,
  also: readonly string[],
  path: string,
): Program {
  fields.allow(["StartAt", "States", "Comment", ...also]);
  const states = fields.object("States");
  if (!states || states.names.length === 0)
    throw invalidDefinition("The field 'States' is required but was missing", fields.where);
  const links = new Map<string, Link>(states.names.map((name) => [name, { target: undefined }]));
  const linkTo = (name: string, where: string): Link => {
    const link = links.get(name);
    if (!link) throw missingTarget(name, where);
    return link;
  };
  const start = linkTo(fields.requiredText("StartAt"), `${path}/StartAt`);
  const followers = new Map<string, Set<string>>();
  for (const name of states.names) {
    const where = `${path}/States/${name}`;
    const state = new Fields(states.get(name), where);
    const targets = new Set<string>();
    followers.set(name, targets);
    links.get(name)!.target = compileState(name, state, language, {
      port,
      express,
      link(target) {
        targets.add(target);
        return linkTo(target, `${where}/Next`);
      },
    });
  }
  checkReachable(fields.requiredText("StartAt"), followers, path);
  return { start: start.target!, timeoutSeconds: fields.integer("TimeoutSeconds", { least: 1, most: 99_999_999 }) };
}

/** @throws AwsError InvalidDefinition where no way leads to a state */
function checkReachable(start: string, followers: ReadonlyMap<string, ReadonlySet<string>>, path: string): void {
  const reached = new Set([start]);
  // A set is walked in the order its members were added, those added on the way included.
  for (const name of reached) for (const target of followers.get(name)!) reached.add(target);
  for (const name of followers.keys()) {
    if (reached.has(name)) continue;
    throw invalidDefinition(`MISSING_TRANSITION_TARGET: State "${name}" is not reachable.`, `${path}/States/${name}`);
  }
}

const missingTarget = (name: string, where: string) =>
  invalidDefinition(`MISSING_TRANSITION_TARGET: Missing 'Next' target: ${name}`, where);

function compileState(
  name: string,
  fields: Fields,
  outer: Language,
  { port, express, link }: Pick<StateContext, "port" | "express" | "link">,
): State {
  const type = fields.requiredText("Type");
  const compiler = Object.hasOwn(compilers, type) ? compilers[type as StateType] : undefined;
  if (!compiler) throw new UnknownFeature(`the state type ${type}`, fields.where);
  const language = languageOf(fields, outer);
  fields.allow(["Type", "Comment", "QueryLanguage", ...compiler.fields[language]]);
  return compiler.compile(fields, {
    name,
    language,
    port,
    express,
    link,
    next() {
      const next = fields.text("Next");
      const end = fields.get("End");
      if (next === undefined && end !== true) throw fields.invalid("Missing required field 'Next' or 'End'", "Next");
      if (next !== undefined && end === true) throw fields.invalid("Only one of 'Next' and 'End' is allowed", "End");
      return next === undefined ? { target: undefined } : link(next);
    },
    program: (inner, also = []) => compileProgram(inner, language, port, express, also, inner.where),
  });
}
