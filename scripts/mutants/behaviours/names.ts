/** What is lived through, the cheapest first. */
export const behaviourNames = [
  "judge's table",
  "compare",
  "approval",
  "stories",
  "drills",
  "clients",
  "sweeper",
  "alarms",
  "questions",
  "retries",
  "failures",
  "rejections",
  "duplicates",
  "crashes",
  "matrix",
] as const;
export type BehaviourName = (typeof behaviourNames)[number];
