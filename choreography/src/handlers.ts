// The entry of the bundle: one handler for each step, named as the step.
import { portsIn } from "@ovsc/shared/aws";
import { onEvent, publishTo } from "./on-event.ts";

const ports = portsIn(process.env["TABLE_NAME"]!);
const publish = publishTo(process.env["BUS_NAME"]!);

export const CreateOrder = onEvent("CreateOrder", ports, publish);
export const ReserveInventory = onEvent("ReserveInventory", ports, publish);
export const ChargePayment = onEvent("ChargePayment", ports, publish);
export const ShipOrder = onEvent("ShipOrder", ports, publish);
export const RefundPayment = onEvent("RefundPayment", ports, publish);
export const ReleaseInventory = onEvent("ReleaseInventory", ports, publish);
export const ParkOrder = onEvent("ParkOrder", ports, publish);
