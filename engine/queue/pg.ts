// @ts-types="@types/pg"
import pg from "pg";

/** The driver that BullMQ speaks to PostgreSQL with. */
export { pg };
