import { deployStacks, type LoadedStack } from "./assembly/load.ts";
import { readAssembly } from "./assembly/manifest.ts";
import type { Choices } from "./choices.ts";
import type { VirtualClock } from "./clock.ts";
import type { Correlate } from "./correlation.ts";
import type { Faults } from "./faults/faults.ts";
import { noTrace, type Happening, type History } from "./history.ts";
import { openServices } from "./open-services.ts";
import type { Caller } from "./service.ts";
import { services } from "./services.ts";
import type { Watch } from "./watch.ts";
import { type Door, outerDoor } from "./wire/direct.ts";
import { requestHandler, type RequestHandler } from "./wire/request-handler.ts";
import { Wire } from "./wire/wire.ts";

export interface CloudOptions {
  /** Folders that `cdk synth` wrote. Their stacks are deployed together, in one account and Region. */
  readonly assemblies: readonly string[];
  /** `eu-west-2` if not given. */
  readonly region?: string;
  /** Decides delivery order, duplicates and jitter; everything in order if not given. */
  readonly choices?: Choices;
  /** Of all that is random inside handlers; 0 if not given. */
  readonly seed?: number;
  /**
   * Virtual milliseconds since 1970 at which the cloud opens; 2026-01-01T00:00:00Z if not given, so that runs are
   * alike.
   */
  readonly startMs?: number;
  /** The correlation id of what the operator sends in. */
  readonly correlate?: Correlate;
  /** Hears of everything that happens, in order. The cloud itself keeps nothing of it. */
  readonly onHappening?: (happening: Happening) => void;
  readonly faults?: Faults;
  /** Tells the supervisor of this thread whose handler runs, where there is one. */
  readonly watch?: Watch;
  /** Lets choices deliver an event twice, and run an Express execution twice that nobody waits for, as AWS may. */
  readonly duplicates?: boolean;
  /**
   * For runs that must repeat, one after the other in one cloud: handlers have no jitter (Math.random is 0), and an
   * environment that timed out or crashed is started anew with the modules it had loaded, a hundred times as fast.
   * Nothing that a handler keeps in its modules may matter.
   */
  readonly repeatable?: boolean;
  /**
   * How many closed executions can still be described; all of them if not given, which a long run may not have room
   * for.
   */
  readonly keepExecutions?: number;
}

/** What any client of the AWS SDK v3 takes to call this cloud. */
export interface ClientConfig {
  readonly region: string;
  /** Given, so that no endpoint in the environment is asked instead. Nothing is ever sent there. */
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly requestHandler: RequestHandler;
}

/** A role that the operator takes on. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export interface RoleSession {
  readonly roleArn: string;
  /** The role's name if not given. */
  readonly sessionName?: string;
}

export interface Cloud {
  /** The deployed stacks by name. */
  readonly stacks: ReadonlyMap<string, LoadedStack>;
  /** Virtual milliseconds since 1970. */
  readonly nowMs: number;
  /**
   * As its operator, who may do everything, or in a session of a role.
   * @throws AwsError AccessDenied for a role that is not there or does not trust the account, as AssumeRole answers
   */
  clientConfig(as?: RoleSession): ClientConfig;
  /** The way in for the clients of the thin SDK, for the same callers and with the same errors. */
  door(as?: RoleSession): Door;
  /**
   * Runs until nothing is left to do but ticks of schedules, `done` says so, or virtual time would pass `untilMs`; with
   * `untilMs` schedules tick until then.
   * @throws UnknownFeature where a handler or an event led to something the cloud does not know
   */
  run(options?: { done?: () => boolean; untilMs?: number }): Promise<void>;
  /**
   * Makes the cloud what it was when it was opened, in time and ids too; only environments stay warm, and what the
   * operator set or made beside the stacks stays. After an update, even one that was refused, the stacks are created
   * anew instead, and nothing stays that is not in their templates. Not while it runs, unless a conductor ended the run
   * by throwing.
   */
  reset(): void;
  /**
   * Deploys other assemblies of the same stacks in the place of these, at the virtual time it is. Executions that run
   * keep their definition; code, rules, policies and settings change for all that begins from now on.
   * @throws AssemblyRefused naming each change that would replace or remove what has state, or what the cloud does not
   *   know, before anything changes; or what a service refuses, where AWS would roll back and here only `reset` does
   */
  update(assemblies: readonly string[]): void;
}

/**
 * Deploys cloud assemblies into a new cloud inside this process.
 * @throws AssemblyRefused naming everything in the templates that the cloud does not know, before anything runs
 */
export async function openCloud(options: CloudOptions): Promise<Cloud> {
  const { assemblies, onHappening, ...behaviour } = options;
  const opened = openServices(services, {
    ...behaviour,
    history: (virtual) => tellingHistory(virtual, onHappening),
  });
  const { clock, api, iam, ids, region, resourceTypes } = opened;
  const surroundings = { types: resourceTypes, region, ids };
  const assembled = assemblies.flatMap(readAssembly);
  let deployed = deployStacks(assembled, surroundings);
  let isUpdated = false;
  const loadedAt = ids.position;
  const wire = new Wire({ api, ids, region, services });
  const callerAs = (as: RoleSession | undefined): Caller => {
    if (!as) return operator;
    iam.assume(as.roleArn);
    return inSession(as);
  };
  return {
    get stacks() {
      return deployed.stacks;
    },
    get nowMs() {
      return clock.nowMs;
    },
    clientConfig: (as) => ({
      region,
      endpoint: "http://localhost",
      credentials,
      requestHandler: requestHandler(wire, callerAs(as)),
    }),
    door: (as) => outerDoor(wire, callerAs(as)),
    run: (until) => clock.run(until),
    reset() {
      if (isUpdated) {
        opened.clear();
        deployed = deployStacks(assembled, surroundings);
        isUpdated = false;
      } else {
        opened.reset();
        ids.goBackTo(loadedAt);
      }
    },
    update(folders) {
      const given = folders.flatMap(readAssembly);
      // One that a service refuses half-way has changed things, too.
      isUpdated = true;
      deployed = deployStacks(given, surroundings, deployed);
    },
  };
}

const operator: Caller = { principal: { kind: "operator" }, trace: noTrace };

const inSession = ({ roleArn: arn, sessionName: session }: RoleSession): Caller => ({
  principal: { kind: "role", arn, ...(session !== undefined && { session }) },
  trace: noTrace,
});

/** Signatures are not looked at: whoever holds the cloud is its operator, or whom he takes on. */
const credentials = { accessKeyId: "operator", secretAccessKey: "operator" };

/** Numbers happenings, gives them their time, and passes them on. */
function tellingHistory(clock: VirtualClock, onHappening: CloudOptions["onHappening"]): History {
  if (!onHappening) return { record: () => {} };
  let sequence = 0;
  return {
    record: (trace, details) => {
      sequence += 1;
      onHappening({ sequence, atMs: clock.nowMs, ...trace, ...details });
    },
  };
}
