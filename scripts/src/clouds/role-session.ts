import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import type { ClientConfig, Credentials } from "@ovsc/shared/variant";
import { clientConfig, type Remote } from "./target.ts";

/**
 * What a client of the AWS SDK is given to act under a role of a deployed stack. The SDK asks for a new session before
 * one ends. An emulator hands out sessions too, and may not enforce what they may do.
 */
export function roleSession(roleArn: string, target: Remote): ClientConfig {
  const sts = new STSClient(clientConfig(target));
  const assume = async (): Promise<Credentials> => {
    const { Credentials: given } = await sts.send(
      new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: "order-saga-client" }),
    );
    return {
      accessKeyId: given!.AccessKeyId!,
      secretAccessKey: given!.SecretAccessKey!,
      sessionToken: given!.SessionToken!,
      expiration: given!.Expiration!,
    };
  };
  return { ...clientConfig(target), credentials: assume };
}
