// The entry of the bundle: one handler for each step, named as the step.
import { portsIn } from "@ovsc/shared/aws";
import { asTask } from "./as-task.ts";

const ports = portsIn(process.env["TABLE_NAME"]!);

export const CreateOrder = asTask("CreateOrder", ports);
export const ReserveInventory = asTask("ReserveInventory", ports);
export const ChargePayment = asTask("ChargePayment", ports);
export const ShipOrder = asTask("ShipOrder", ports);
export const RefundPayment = asTask("RefundPayment", ports);
export const ReleaseInventory = asTask("ReleaseInventory", ports);
export const ParkOrder = asTask("ParkOrder", ports);
