/** What is shared by the thread that tries a mutant and the realms in which its handlers run. */
export interface Switches {
  /** The id of the mutant that is on. */
  active: string | undefined;
  /** Takes note of the mutants that are come by; nothing where nobody asks. */
  covered: Set<string> | undefined;
  /** Mutants that handlers came by while they were loaded: these change whatever is done afterwards. */
  readonly whileLoading: Set<string>;
}

/** The name under which they are found. */
export const switchesName = "switchesOfMutants";

/** The functions that Stryker's instrumented files call. */
export const switchSource = `
const switches = setTimeout.constructor("return globalThis.${switchesName}")();
export const stryMutAct_9fa48 = (id) => switches.active === id;
export function stryCov_9fa48(...ids) {
  const { covered } = switches;
  if (covered) for (const id of ids) covered.add(id);
}
`;

/** Around a bundle of handlers. A realm has the functions of its host, and so the host's globals. */
export const loading = {
  banner: `
    const switchesOfHost = setTimeout.constructor("return globalThis.${switchesName}")();
    const coveredBefore = switchesOfHost.covered;
    if (coveredBefore) switchesOfHost.covered = switchesOfHost.whileLoading;
  `,
  footer: `
    switchesOfHost.covered = coveredBefore;
  `,
};
