import { bugs, labs } from "../src/lab/labs.ts";
import { describeTogether } from "../test/describe-together.ts";

const chosen = process.env["ORDER_SAGA_LABS"]?.split(" ");
await describeTogether([...labs, ...bugs].filter(({ slug }) => chosen === undefined || chosen.includes(slug)));
