-- Gives the places of a reservation back.
-- KEYS: 1 caps hash; 2 decision hash. ARGV: 1 request id; 2 clock offset (us).
-- Returns {status} as reserve.lua has it ('' when there is no such decision); when it was released now, then 'lease units ...'.
local status = redis.call('HGET', KEYS[2], 's')
if status ~= 'r' then
  return {status or ''}
end
open_ledger(KEYS[1], ARGV[2])
if not open[ARGV[1]] then
  save_ledger()
  return {'e'}
end
local units = fields['l:' .. ARGV[1]] or ''
give_back(ARGV[1])
set('c', digits(now))
save_ledger()
redis.call('HSET', KEYS[2], 's', 'x')
return {'x', units}
