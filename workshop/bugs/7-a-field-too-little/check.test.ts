import { describeLab } from "../../test/describe-lab.ts";

describeLab("bug-7-a-field-too-little-choreography");
describeLab("bug-7-a-field-too-little-orchestration");
