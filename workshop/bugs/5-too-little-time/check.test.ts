import { describeLab } from "../../test/describe-lab.ts";

describeLab("bug-5-too-little-time-choreography");
describeLab("bug-5-too-little-time-orchestration");
