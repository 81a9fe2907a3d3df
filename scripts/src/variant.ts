export const variants = ["choreography", "orchestration"] as const;
export type Variant = (typeof variants)[number];

export const stackName = (variant: Variant): string => `ovsc-${variant}`;

/** The ARN of the execution that an order started. */
export const executionArn = (stateMachineArn: string, orderId: string): string =>
  `${stateMachineArn.replace(":stateMachine:", ":execution:")}:${orderId}`;
