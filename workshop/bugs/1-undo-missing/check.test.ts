import { describeLab } from "../../test/describe-lab.ts";

describeLab("bug-1-undo-missing-choreography");
describeLab("bug-1-undo-missing-orchestration");
