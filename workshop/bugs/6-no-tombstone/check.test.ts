import { describeLab } from "../../test/describe-lab.ts";

describeLab("bug-6-no-tombstone-choreography");
describeLab("bug-6-no-tombstone-orchestration");
