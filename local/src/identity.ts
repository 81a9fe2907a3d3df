/** The account of an embedded cloud; LocalStack's default too, so that ARNs read alike. */
export const account = "000000000000";

/** @returns `arn:aws:<service>:<region>:<account>:<resource>` */
export const arn = (service: string, region: string, resource: string): string =>
  `arn:aws:${service}:${region}:${account}:${resource}`;

/** Ids that look random and are the same in every run: a counter spread over the shape of a UUID (version 4). */
export class Ids {
  #count = 0;

  /** Where the next id begins: the same number gives the same ids again. */
  get position(): number {
    return this.#count;
  }

  goBackTo(position: number): void {
    this.#count = position;
  }

  uuid(): string {
    const count = (this.#count += 1);
    const hex = (Math.imul(count, 0x9e3779b1) >>> 0).toString(16).padStart(8, "0");
    return `${hex}-0000-4000-8000-${count.toString(16).padStart(12, "0")}`;
  }
}
