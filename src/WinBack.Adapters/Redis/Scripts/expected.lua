-- RESERVE for callers who asked the caps themselves, of the touches as they read them: if these are the same still, and it is
-- not too late, what the caps said holds, and nothing is judged here. Otherwise nothing is done; then reserve.lua is to be asked.
-- Several decisions of one partition a call, each done or left for itself.
-- KEYS: 1 outbox list; then four for each: caps hash; decision hash; the customer's decisions; suppression.
-- ARGV: 1 clock offset (us); 2 retention of an action (ms), 3 of no action (ms), 4 of caps (ms); 5 decisions listed; then ten for
--       each: request id; request hash; suppression that the plan was made with; touches that were read (names and values, a line
--       each); the least clock, the interval in which the caps say this (from, until), reservation, how long outcomes
--       matter (all us, separated by spaces); chosen (from 0; -1 for none); denials as reserve.lua returns them, behind a '=';
--       what to write of the ledger (names and values, a line each); plan; span that decides (W3C traceparent; '' when it is
--       not recorded).
-- Returns for each the clock, '' when it was left.
local PER_KEY, PER_VALUE = 4, 10
local KEYS_BEFORE, VALUES_BEFORE = 1, 5
local retention = {action = ARGV[2], nothing = ARGV[3]}
-- In what is written of the ledger: the clock, when the reservation expires, until when outcomes matter.
local NOW, EXPIRY, KEPT = '\1', '\2', '\3'

local function digits(micros)
  return string.format('%016.0f', micros)
end

local time = redis.call('TIME')
local clock = tonumber(time[1]) * 1000000 + tonumber(time[2]) + tonumber(ARGV[1])
local listed, index_retention = tonumber(ARGV[5]), math.max(tonumber(ARGV[2]), tonumber(ARGV[3]))

-- Whether nothing came between: no other decision under the request id, no suppression, no touch, no hour.
local function holds(k, v, now, from, till)
  return now >= from and now < till
    and table.concat(redis.call('HGETALL', KEYS[k]), '\n') == ARGV[v + 3]
    and (redis.call('GET', KEYS[k + 3]) or '') == ARGV[v + 2]
    and redis.call('EXISTS', KEYS[k + 1]) == 0
end

local function reserve(k, v)
  local least, from, till, hold, keep = string.match(ARGV[v + 4], '^(%S+) (%S+) (%S+) (%S+) (%S+)$')
  local now = math.max(clock, tonumber(least))
  if not holds(k, v, now, tonumber(from), tonumber(till)) then return '' end
  local found, status, expiry = digits(now), 'n', ''
  if ARGV[v + 5] ~= '-1' then
    status, expiry = 'r', digits(now + tonumber(hold))
    local places = {[NOW] = found, [EXPIRY] = expiry, [KEPT] = digits(now + tonumber(keep))}
    local written = {}
    for line in string.gmatch(string.gsub(ARGV[v + 7], '[\1\2\3]', places), '[^\n]+') do written[#written + 1] = line end
    redis.call('HSET', KEYS[k], unpack(written))
    redis.call('PEXPIRE', KEYS[k], ARGV[4])
  end
  redis.call(
    'HSET', KEYS[k + 1], 'h', ARGV[v + 1], 'i', ARGV[v + 5], 't', found, 'x', expiry, 'd', ARGV[v + 6], 's', status, 'p', ARGV[v + 8])
  if ARGV[v + 9] ~= '' then redis.call('HSET', KEYS[k + 1], 'w', ARGV[v + 9]) end
  redis.call('PEXPIRE', KEYS[k + 1], status == 'r' and retention.action or retention.nothing)
  if redis.call('LPUSH', KEYS[k + 2], ARGV[v]) > listed then redis.call('LTRIM', KEYS[k + 2], 0, listed - 1) end
  redis.call('PEXPIRE', KEYS[k + 2], index_retention)
  return found
end

local found, told = {}, {}
for i = 1, (#KEYS - KEYS_BEFORE) / PER_KEY do
  local k, v = KEYS_BEFORE + 1 + (i - 1) * PER_KEY, VALUES_BEFORE + 1 + (i - 1) * PER_VALUE
  found[i] = reserve(k, v)
  if found[i] ~= '' then told[#told + 1] = ARGV[v] end
end
if #told > 0 then redis.call('RPUSH', KEYS[1], unpack(told)) end
return found
