import { describeLab } from "../../test/describe-lab.ts";

describeLab("12-choose");
