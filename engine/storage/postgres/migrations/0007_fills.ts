/** A trade may stand for several fills of an order: whoever sees one of them again has to know. */
export const sql = `
-- How many ids the trade stands for, its own the last of them; one unless given.
alter table raw_trades add column fills integer check (fills > 1);
`;
