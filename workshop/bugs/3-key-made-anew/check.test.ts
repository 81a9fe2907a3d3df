import { describeLab } from "../../test/describe-lab.ts";

describeLab("bug-3-key-made-anew-choreography");
describeLab("bug-3-key-made-anew-orchestration");
