-- Takes the places of a reservation for good, if the customer's state is still the one that the fences were asked of.
-- KEYS: 1 caps hash; 2 decision hash; 3 state blob; 4 suppression.
-- ARGV: 1 request id; 2 state blob and 5 suppression that were judged; 3 clock offset (us); 4 until when the fences hold by time
--       ('' for ever).
-- Returns {'late', clock} when it is later by now; {'changed', state blob, suppression} when one of these is another;
-- else {status} as reserve.lua has it ('' when there is no such decision).
local status = redis.call('HGET', KEYS[2], 's')
if status ~= 'r' then
  return {status or ''}
end
local state = redis.call('GET', KEYS[3]) or ''
local suppression = redis.call('GET', KEYS[4]) or ''
if state ~= ARGV[2] or suppression ~= ARGV[5] then
  return {'changed', state, suppression}
end
open_ledger(KEYS[1], ARGV[3])
if not open[ARGV[1]] then
  save_ledger()
  return {'e'}
end
if ARGV[4] ~= '' and now >= tonumber(ARGV[4]) then
  save_ledger()
  return {'late', digits(now)}
end
settle(ARGV[1])
set('c', digits(now))
save_ledger()
redis.call('HSET', KEYS[2], 's', 'c')
return {'c'}
