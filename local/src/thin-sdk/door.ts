import type { Door } from "../wire/direct.ts";

/**
 * The door that the embedded cloud gives to each execution environment. A bundle requires it under the name of
 * `directModule`; nothing else can have it.
 */
export declare const door: Door;
