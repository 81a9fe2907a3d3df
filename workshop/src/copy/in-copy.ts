// Loaded before anything else (`--import`): the whole process then runs on a copy of the project's packages.
import { registerCopies } from "./copies.ts";

/** The environment variable that names the folder of the copy. */
const folder = process.env["ORDER_SAGA_COPY"];
if (folder === undefined) throw new Error("ORDER_SAGA_COPY names no copy of the packages");
registerCopies(() => ({ folder, mark: "" }));
