-- LEARN: counts what became of a touch, once a touch and kind however often it is told.
-- KEYS: 1 decision hash; 2 counts of the day it was decided on; 3 latest touch of the customer.
-- ARGV: 1 kind: s sent, r returned, u unsubscribed; 2 action/segment; 3 return that the prior expects (ppm); 4 request id;
--       5 decide time (ms); 6 attribution window (ms); 7 retention of the counts (ms).
-- Counts are fields 's action/segment' and so on, with e for what was expected of those sent. Returns how many kinds were new.
local noted = redis.call('HGET', KEYS[1], 'n') or ''
if redis.call('EXISTS', KEYS[1]) == 0 then
  return 0
end
-- Whoever answered a touch was sent it.
local news = ''
for kind in string.gmatch(ARGV[1] == 's' and 's' or 's' .. ARGV[1], '.') do
  if not string.find(noted, kind, 1, true) then
    news = news .. kind
    redis.call('HINCRBY', KEYS[2], kind .. ' ' .. ARGV[2], 1)
    if kind == 's' then redis.call('HINCRBY', KEYS[2], 'e ' .. ARGV[2], ARGV[3]) end
  end
end
if news == '' then
  return 0
end
redis.call('HSET', KEYS[1], 'n', noted .. news)
redis.call('PEXPIRE', KEYS[2], ARGV[7])
if string.find(news, 's', 1, true) then
  local last = redis.call('GET', KEYS[3])
  if not last or tonumber(string.sub(last, 38)) <= tonumber(ARGV[5]) then
    redis.call('SET', KEYS[3], ARGV[4] .. ' ' .. ARGV[5], 'PX', ARGV[6])
  end
end
return #news
