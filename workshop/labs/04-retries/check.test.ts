import { describeLab } from "../../test/describe-lab.ts";

describeLab("04-retries");
