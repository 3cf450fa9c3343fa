-- A customer meets experiments: the first time of each is kept and counted, later ones change nothing. So it may be told
-- any number of times.
-- KEYS: 1 exposures hash of the customer; 2 tally hash of the partition; 3 marker that there are exposures.
-- ARGV: 1 retention (ms); then six for each experiment: id, '<step>|<variant>', day (yyyymmdd), time (ms), time for a success
--       (ms), kind of success.
-- Field of the exposures hash: id; value 'tally field|time|last moment of a success|kind', '|1' behind it after the success.
-- Field of the tally: 'id|day|step|variant|n' customers, '...|s' successes.
local longest = 0
for at = 2, #ARGV, 6 do
  local cell = ARGV[at] .. '|' .. ARGV[at + 2] .. '|' .. ARGV[at + 1]
  local deadline = string.format('%.0f', tonumber(ARGV[at + 3]) + tonumber(ARGV[at + 4]))
  local first = cell .. '|' .. ARGV[at + 3] .. '|' .. deadline .. '|' .. ARGV[at + 5]
  if redis.call('HSETNX', KEYS[1], ARGV[at], first) == 1 then
    redis.call('HINCRBY', KEYS[2], cell .. '|n', 1)
    longest = math.max(longest, tonumber(ARGV[at + 4]))
  end
end
if longest > 0 then
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
  -- A day more, for events that come late.
  longest = longest + 86400000
  if redis.call('PTTL', KEYS[3]) < longest then redis.call('SET', KEYS[3], '1', 'PX', string.format('%.0f', longest)) end
end
return longest > 0 and 1 or 0
