import { describeLab } from "../../test/describe-lab.ts";

describeLab("10-hybrid");
