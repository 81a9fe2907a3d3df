import { isDeepStrictEqual } from "node:util";
import type { Template, Variant } from "@ovsc/shared/variant";

interface FunctionProperties {
  readonly Environment?: { readonly Variables?: { readonly TABLE_NAME?: unknown } };
}

/**
 * The functions of a stack that work on another table than that of the orders, by name: they may listen, but no order
 * depends on them.
 */
export function bystandersIn({ stackName }: Variant, { Resources, Outputs = {} }: Template): ReadonlySet<string> {
  const orders = Outputs["TableName"]?.Value;
  const functions = Object.entries(Resources).filter(([, { Type }]) => Type === "AWS::Lambda::Function");
  const others = functions.filter(([, { Properties = {} }]) => {
    const { Environment } = Properties as FunctionProperties;
    return !isDeepStrictEqual(Environment?.Variables?.TABLE_NAME, orders);
  });
  return new Set(others.map(([logicalId]) => `${stackName}-${logicalId}`));
}
