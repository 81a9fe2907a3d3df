import { describeLab } from "../../test/describe-lab.ts";

describeLab("bug-2-wrong-way-back-choreography");
describeLab("bug-2-wrong-way-back-orchestration");
