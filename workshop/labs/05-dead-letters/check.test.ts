import { describeLab } from "../../test/describe-lab.ts";

describeLab("05-dead-letters");
