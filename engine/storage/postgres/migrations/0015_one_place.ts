/**
 * Of bots of one name on one instrument only one may be at work (`live/bots/same_place.ts`): by constraint,
 * so that no two processes that start in the same moment trade one config twice. What a row says is hashed,
 * as nonsense may be too long for an index; a part that it lacks makes the row like no other.
 */
export const sql = `
update bots set status = 'stopped', epoch = epoch + 1, lease_owner = null,
  reason = 'a younger run of the same name trades the same instrument'
where status in ('running', 'paused', 'crashed') and exists (
  select from bots as other
  where other.status in ('running', 'paused', 'crashed')
    and (other.created_at, other.id) > (bots.created_at, bots.id)
    and other.config ->> 'name' = bots.config ->> 'name'
    and other.config #>> '{market,exchange}' = bots.config #>> '{market,exchange}'
    and other.config #>> '{market,symbol}' = bots.config #>> '{market,symbol}');

-- What else was asked of one that has ended comes to nothing.
update bot_wishes set outcome = 'dropped' from bots
where bots.id = bot_wishes.bot_id and bots.status = 'stopped'
  and bot_wishes.outcome = 'open' and bot_wishes.wish <> 'start';

create unique index bots_one_place on bots (
  md5(config ->> 'name'), md5(config #>> '{market,exchange}'), md5(config #>> '{market,symbol}')
) where status in ('running', 'paused', 'crashed');
`;
