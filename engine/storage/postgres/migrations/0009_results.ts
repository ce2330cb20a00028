/** What a bot's equity came to over all candles, of which not each has a row in `bot_performance`. */
export const sql = `
-- Candles that the account acted on.
alter table bots add column candles integer not null default 0 check (candles >= 0);
-- The deepest drawdown on any of them.
alter table bots add column max_drawdown double precision not null default 0
  check (max_drawdown <= 0 and max_drawdown > '-Infinity');
-- As near as what was kept tells.
update bots set candles = kept.candles, max_drawdown = kept.max_drawdown
from (select bot_id, count(*) as candles, least(min(drawdown), 0) as max_drawdown
  from bot_performance group by bot_id) as kept
where bots.id = kept.bot_id;
`;
