import type { Integration, ServiceResource } from "./integration.ts";

type Pattern = ServiceResource["pattern"];

/** The patterns of an integration that can wait for a task token. */
export const calledBack: readonly Pattern[] = ["requestResponse", "waitForTaskToken"];

/** A service as the AWS SDK for Java 2 calls it, whose words `aws-sdk` integrations speak. */
export interface JavaSdk {
  /** As in `aws-sdk:<id>:<action>`. */
  readonly id: string;
  /** As in the names of its errors. */
  readonly name: string;
  /** Step Functions' own members start with a small letter on the wire and a capital in a definition. */
  readonly smallMembers?: true;
}

/**
 * What a service is to Task states.
 * https://docs.aws.amazon.com/step-functions/latest/dg/integrate-services.html (2026-11-21)
 */
export interface TaskIntegrations {
  readonly sdk?: JavaSdk;
  /** Optimized integrations by action, with the patterns each has. */
  readonly optimized?: Readonly<Record<string, readonly [Integration, readonly Pattern[]]>>;
}
