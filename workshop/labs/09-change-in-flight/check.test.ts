import { describeLab } from "../../test/describe-lab.ts";

describeLab("09-change-in-flight");
