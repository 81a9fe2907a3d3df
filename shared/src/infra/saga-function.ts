import { Duration, RemovalPolicy } from "aws-cdk-lib";
import type { Table } from "aws-cdk-lib/aws-dynamodb";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import * as lambda from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";

export interface SagaFunctionProps {
  readonly description: string;
  readonly code: lambda.Code;
  /** `file.export` in the code. */
  readonly handler: string;
  readonly timeoutSeconds: number;
  /** Its name is TABLE_NAME in the environment. */
  readonly table: Table;
  readonly environment: Readonly<Record<string, string>>;
  /** What it does to the table. A transaction needs the actions of its parts. */
  readonly tableActions: readonly string[];
  readonly functionName?: string;
  /** Of a durable function. */
  readonly durableConfig?: lambda.DurableConfig;
}

/** A function of the saga, with a log group and a role of its own, allowed what it does to the table and no more. */
export class SagaFunction extends lambda.Function {
  readonly logs: LogGroup;

  constructor(scope: Construct, id: string, props: SagaFunctionProps) {
    const { table, environment, tableActions, timeoutSeconds, ...rest } = props;
    const logGroup = new LogGroup(scope, `${id}Logs`, {
      retention: RetentionDays.ONE_WEEK,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // Its own role, since the managed policy that CDK would attach may write to every log group of the account.
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    logGroup.grantWrite(role);
    super(scope, id, {
      ...rest,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      role,
      logGroup,
      timeout: Duration.seconds(timeoutSeconds),
      memorySize: 512,
      tracing: lambda.Tracing.ACTIVE,
      environment: { ...environment, TABLE_NAME: table.tableName },
    });
    role.addToPolicy(new PolicyStatement({ actions: [...tableActions], resources: [table.tableArn] }));
    this.logs = logGroup;
  }
}
