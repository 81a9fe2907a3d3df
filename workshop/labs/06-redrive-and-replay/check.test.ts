import { describeLab } from "../../test/describe-lab.ts";

describeLab("06-redrive-and-replay");
