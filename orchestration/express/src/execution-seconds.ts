/**
 * How long an execution may take, in seconds. Step Functions ends an Express execution after five minutes; this one
 * ends a little earlier, by its own timeout, so that its log says why.
 * https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html (2026-11-21)
 */
export const executionSeconds = 295;
