import { describeLab } from "../../test/describe-lab.ts";

describeLab("bug-4-silent-failure-choreography");
describeLab("bug-4-silent-failure-orchestration");
