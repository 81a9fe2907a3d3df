import { describeLab } from "../../test/describe-lab.ts";

describeLab("03-idempotency");
