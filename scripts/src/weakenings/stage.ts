import { type Choices, type Happening, inOrder, seeded } from "@ovsc/local";
import { refOf } from "@ovsc/shared";
import type { Variant } from "@ovsc/shared/variant";
import type { LocalOptions } from "../clouds/embedded.ts";
import { bringHome } from "../drills/bring-home.ts";
import { delegated } from "../faults/delegated.ts";
import { Injection, type ListeningFaults } from "../faults/injection.ts";
import { type Finding, judge, type Law } from "../judgement/judge.ts";
import { parityRules, rules } from "../judgement/rules.ts";
import { approvalScenarios } from "../orders/approval-scenarios.ts";
import type { Batch, Outcome } from "../orders/batch.ts";
import { batchOf } from "../orders/batches.ts";
import { scenarios } from "../orders/scenarios.ts";
import { above, answerAll, openReached, type Reached } from "../runs/approvers.ts";
import { placeBatch, readOutcome } from "../runs/run-batch.ts";
import type { Story } from "./weakening.ts";

/** A story as it went in one variant. */
export interface Lived {
  readonly batch: Batch;
  readonly outcome: Outcome;
  readonly findings: readonly Finding[];
  /** How often each fault of the story struck. */
  readonly fired: readonly number[];
  /**
   * What an operator did, and when all was quiet before, in virtual milliseconds; nothing where he did nothing. Where
   * he came twice, also when all was quiet between.
   */
  readonly remedied?: { readonly done: readonly string[]; readonly quietAtMs: number; readonly againAtMs?: number };
}

/** One variant, on which story follows story, each from the very start. */
export class Stage {
  readonly #variant: Variant;
  readonly #assembly: string;
  readonly #limited: () => Promise<string>;
  /** A cloud is opened once for all stories of a kind: most of a story is the loading of its handlers. */
  readonly #clouds = new Map<string, Promise<Reached>>();
  /** Of the story that is lived now. */
  readonly #now: { faults: ListeningFaults; choices: Choices; hear: (happening: Happening) => void } = {
    faults: {},
    choices: inOrder,
    hear() {},
  };

  /**
   * @param assembly of the variant, with the thin SDK
   * @param limited the same with a limit above which orders wait for a person: asked for by stories with approvers
   */
  constructor(variant: Variant, assembly: string, limited: () => Promise<string> = async () => assembly) {
    this.#limited = limited;
    this.#variant = variant;
    this.#assembly = assembly;
  }

  /** @param hear hears of everything that happens */
  async live(story: Story, hear: (happening: Happening) => void = () => {}): Promise<Lived> {
    const { faults = [], seed } = story;
    const reached = await this.#cloudFor(story);
    const { deployment } = reached;
    await deployment.reset();
    const injection = new Injection(faults);
    Object.assign(this.#now, { faults: injection, choices: seed === undefined ? inOrder : seeded(seed), hear });
    const approval = approvalScenarios.find(({ name }) => name === story.approval);
    const batch = approval ? above(approval) : batchIn(story);
    const from = deployment.now();
    if (approval) await answerAll(this.#variant, reached, { batch, answers: approval.answers });
    else await placeBatch(batch, deployment);
    const quietAtMs = Date.parse(deployment.now());
    const placed = batch.placements.map(refOf);
    const done = story.remedying && (await bringHome(deployment, story.remedying, { placed, from }));
    const outcome = await readOutcome(batch, deployment);
    const law = story.sweeper === "acts" ? lawUnderSweeps : undefined;
    const { findings } = judge(batch, { [this.#variant.name]: outcome }, law);
    return { batch, outcome, findings, fired: injection.fired, ...(done && { remedied: { done, quietAtMs } }) };
  }

  #cloudFor({ duplicates = false, sweeper, remedying, approval }: Story): Promise<Reached> {
    const isLimited = approval !== undefined;
    // The thin SDK has not all that an operator or an approver needs.
    const how = { duplicates, sweeper: sweeper ? "on" : "off", thin: !remedying && !isLimited } as const;
    const kind = JSON.stringify({ ...how, isLimited });
    const known = this.#clouds.get(kind);
    if (known) return known;
    const opened = this.#open(how, isLimited);
    this.#clouds.set(kind, opened);
    return opened;
  }

  async #open(how: Pick<LocalOptions, "duplicates" | "sweeper" | "thin">, isLimited: boolean): Promise<Reached> {
    return openReached(this.#variant, {
      assembly: isLimited ? await this.#limited() : this.#assembly,
      repeatable: true,
      ...how,
      choices: { choose: (optionCount, what) => this.#now.choices.choose(optionCount, what) },
      faults: delegated(this.#now),
      onHappening: (happening) => this.#now.hear(happening),
    });
  }
}

/** What takes the sweeper is not within the retries' budget, and must not be. */
export const lawUnderSweeps: Law = { rules: rules.filter(({ id }) => id !== "no-sweeps"), parityRules };

function batchIn({ scenario, ends }: Story): Batch {
  const { cause, ...batch } = batchOf(
    scenarios.find(({ name }) => name === scenario)!,
    "",
  );
  // A scenario's cause goes with its end.
  return ends ? { ...batch, ends } : { ...batch, ...(cause && { cause }) };
}
