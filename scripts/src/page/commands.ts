/**
 * The shortest command that shows a result of a run again.
 * @param command the one that made the run
 */
export const againFor = (command: string, scenario: string): string =>
  / --(orders|input) /.test(command)
    ? command
    : command.replace(/^pnpm compare( --scenario( (?!--)\S+)+)?/, `pnpm compare --scenario ${scenario}`);
