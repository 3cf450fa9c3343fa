-- A touch that spent of a scarce capacity was heard of. One that failed, and of which nothing shows that it left, gives its units
-- back; should that be shown later, it takes them again. The result depends on the set of outcomes heard, in whatever order and
-- however often.
-- KEYS: 1 units hash of one capacity and period; 2 failed hash of the same. ARGV: 1 request id; 2 units it spent; 3 what is said of
--       it (s sent, d delivered, i seen or f failed); 4 retention (ms).
-- Fields of the failed hash: 'b' units given back; 'h:<request id>' letters heard.
-- Returns the units that came back (below 0: that were taken again); 0 as well when the period is long over.
if redis.call('EXISTS', KEYS[1]) == 0 then
  return '0'
end
local heard = redis.call('HGET', KEYS[2], 'h:' .. ARGV[1]) or ''
if string.find(heard, ARGV[3], 1, true) then
  return '0'
end
local function has_failed(letters)
  return string.find(letters, 'f', 1, true) ~= nil and string.find(letters, '[sdi]') == nil
end
local back = 0
if has_failed(heard .. ARGV[3]) then back = tonumber(ARGV[2]) end
if has_failed(heard) then back = back - tonumber(ARGV[2]) end
redis.call('HSET', KEYS[2], 'h:' .. ARGV[1], heard .. ARGV[3],
  'b', string.format('%.0f', tonumber(redis.call('HGET', KEYS[2], 'b') or '0') + back))
redis.call('PEXPIRE', KEYS[2], ARGV[4])
return string.format('%.0f', back)
