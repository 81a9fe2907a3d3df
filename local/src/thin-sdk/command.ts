import type { KeyNodes } from "./document-client.ts";
import type { SdkCommand } from "./thin-client.ts";

/** What stands for an operation's schema in the SDK: of all of it, only the name is read here. */
const schemaOf = (operation: string) => [9, "", operation] as const;

/** A command of the SDK: a name and an input. */
export function command(operation: string): new (input: object) => SdkCommand {
  const schema = schemaOf(operation);
  return class {
    readonly schema = schema;
    readonly input: object;
    constructor(input: object) {
      this.input = input;
    }
  };
}

/** A command of the SDK's document client: it also says where the values lie. */
export function documentCommand(operation: string, inputKeyNodes: KeyNodes, outputKeyNodes: KeyNodes) {
  const clientCommand = { schema: schemaOf(operation) };
  return class {
    readonly clientCommand = clientCommand;
    readonly inputKeyNodes = inputKeyNodes;
    readonly outputKeyNodes = outputKeyNodes;
    readonly input: object;
    constructor(input: object) {
      this.input = input;
    }
  };
}
