import { describeLab } from "../../test/describe-lab.ts";

describeLab("bug-8-unread-choreography");
describeLab("bug-8-unread-orchestration");
