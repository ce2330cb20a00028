/** The client of Redis. */
export { Redis } from "ioredis";
