// Run on a copy by a test: prints what the project's judgement sees of `@ovsc/shared`.
const name = "@ovsc/shared";
const { endingNames, evidenceRules } = (await import(name)) as {
  readonly endingNames: readonly string[];
  readonly evidenceRules: readonly object[];
};
process.stdout.write(JSON.stringify({ endings: endingNames, hasRules: evidenceRules.length > 5 }));
