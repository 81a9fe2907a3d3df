import { describeLab } from "../../test/describe-lab.ts";

describeLab("00-set-up");
