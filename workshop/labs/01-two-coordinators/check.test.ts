import { describeLab } from "../../test/describe-lab.ts";

describeLab("01-two-coordinators");
