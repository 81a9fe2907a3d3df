// What a template calls its resources, and JSON Pointers into them. A logical id ends in a hash of the path of its
// construct, which does not change.

export const refundPayment = "StepsRefundPayment5A9CDB81";
export const releaseInventory = "StepsReleaseInventory4F2EE1C2";

/** The state machine's definition. */
export const definition = "/Resources/SagaFFCB306E/Properties/DefinitionString";

/** How Lambda's queue invokes ChargePayment. */
export const chargeInvocations = "/Resources/StepsChargePaymentEventInvokeConfig4DD74CE9/Properties";

/** The rule for a ChargePayment that failed on its last try. */
export const chargeExhausted = "/Resources/ChargePaymentExhaustedB0A7575B/Properties";

/** That rule's permission to invoke its target. */
export const chargeExhaustedMay =
  "/Resources/ChargePaymentExhaustedAllowEventRuleovscchoreographyStepsRefundPaymentDEC5223A2BC41A5D/Properties";

/** How Lambda's queue invokes RefundPayment. */
export const refundInvocations = "/Resources/StepsRefundPaymentEventInvokeConfig2D68E549/Properties";

/** What the rule for OrderCreated wakes. */
export const createdTarget = "/Resources/OrderCreated633AE90A/Properties/Targets/0";
