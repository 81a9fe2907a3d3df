import { crc32 } from "node:zlib";
import { type Count, id } from "./count.ts";

/** An execution's history: how many events, and the bytes of what they hold. */
export class History {
  readonly count: Count;
  constructor(count: Count) {
    this.count = count;
  }

  has(data: string): void {
    this.count.historyEvents += 1;
    this.count.historyBytes += data.length;
  }

  /** A Task state invokes a function: TaskScheduled has the function and its payload, TaskStarted nothing. */
  invokes(functionArn: string, payload: string): void {
    this.has(`{"FunctionName":"${functionArn}","Payload":${payload}}`);
    this.has("");
  }
}

/** A header as a list of values, and as one. */
const header = (name: string, value: string) => [`"${name}":["${value}"]`, `"${name}":"${value}"`] as const;

/** The result of the lambda:invoke integration, as Step Functions' documentation shows it. */
export function answered(payload: string): string {
  const headers = [
    header("x-amzn-RequestId", id),
    header("X-Amz-Executed-Version", "$LATEST"),
    header("x-amzn-Remapped-Content-Length", "0"),
    header("Connection", "keep-alive"),
    header("Content-Length", String(payload.length)),
    header("X-Amzn-Trace-Id", `root=${id}`),
    header("Content-Type", "application/json"),
    header("Date", "Thu, 01 Jan 2026 00:00:00 GMT"),
  ];
  return `{"ExecutedVersion":"$LATEST","Payload":${payload},${metadata(headers)},"StatusCode":200}`;
}

/** That of an integration of the AWS SDK, here DynamoDB's, which has a checksum besides. */
export function found(answer: string): string {
  const headers = [
    header("x-amzn-RequestId", id),
    header("Server", "Server"),
    header("Connection", "keep-alive"),
    header("x-amz-crc32", String(crc32(answer))),
    header("Content-Length", String(answer.length)),
    header("Content-Type", "application/x-amz-json-1.0"),
    header("Date", "Thu, 01 Jan 2026 00:00:00 GMT"),
  ];
  return `${answer.slice(0, -1)},${metadata(headers)}}`;
}

const metadata = (headers: readonly (readonly [list: string, one: string])[]): string =>
  `"SdkHttpMetadata":{"AllHttpHeaders":{${headers.map(([list]) => list).join()}},` +
  `"HttpHeaders":{${headers.map(([, one]) => one).join()}},"HttpStatusCode":200},` +
  `"SdkResponseMetadata":{"RequestId":"${id}"}`;
