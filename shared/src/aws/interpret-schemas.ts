import { config } from "zod/mini";

// A bundle begins with this file, since a schema looks at the setting when it is made. An execution environment parses
// few objects: compiling their schemas would take longer than it saves.
config({ jitless: true });
