import { describeLab } from "../../test/describe-lab.ts";

describeLab("07-where-is-order-42");
