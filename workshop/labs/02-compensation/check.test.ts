import { describeLab } from "../../test/describe-lab.ts";

describeLab("02-compensation");
