import { describeLab } from "../../test/describe-lab.ts";

describeLab("08-approval");
