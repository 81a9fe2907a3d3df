import { describeLab } from "../../test/describe-lab.ts";

describeLab("11-cost");
