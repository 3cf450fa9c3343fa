-- RESERVE: takes places for the first candidate that all its caps allow, keeps the decision under its request id and
-- appends it to the outbox. All or nothing, and once per request id.
-- KEYS: 1 caps hash; 2 decision hash; 3 outbox list; 4 the customer's decisions; 5 suppression; then hashes of leases of scarce
--       capacities.
-- ARGV: 1 request id; 2 request hash; 3 clock offset (us); 4 reservation (us); 5 retention of an action (ms), 6 of no
--       action (ms), 7 of caps (ms); 8 plan; 9 suppression that it was made with; 10 decisions listed; 11 span that decides (W3C
--       traceparent; '' when it is not recorded); 12 number of caps n; then n times: cap key, limit, window (us), 1 if enforced,
--       bounds of its period (us, ascending, separated by spaces; '' for a sliding window), what it counts beside reservations
--       (s, d or i, and for how long (us) outcomes matter; '' for nothing); then one a candidate: the numbers of its caps
--       (from 1), separated by spaces; behind a '|' what it takes of leases: 'key units expiry (us);' each, the key by its
--       number in KEYS.
-- Returns {'new' | 'known', chosen (from 0; -1 for none), clock, expiry, denials, status, plan if known}
--       or {'reused'} when the request id belongs to another request, {'lapsed'} when a lease has expired, {'changed'} when
--       the suppression is another by now: then nothing is done.
-- Denials: 'cap count allowed;' for each full cap that a candidate asked, cap from 1.
-- Status: n none, r reserved, c confirmed, x released, e expired.

-- Step 1: a retry gets the decision made before.
local known = redis.call('HMGET', KEYS[2], 'h', 'i', 't', 'x', 'd', 's', 'p')
if known[1] and known[1] ~= ARGV[2] then
  return {'reused'}
end
if known[1] then
  open_ledger(KEYS[1], ARGV[3])
  local status = known[6]
  if status == 'r' and not open[ARGV[1]] then status = 'e' end
  save_ledger()
  return {'known', known[2], known[3], known[4], known[5], status, known[7]}
end

-- What was withdrawn since the plan was made holds for it too (rule C1).
if (redis.call('GET', KEYS[5]) or '') ~= ARGV[9] then
  return {'changed'}
end

-- Step 2: the clock and, if there is a candidate to ask for, the ledger. A place that is only reserved may be free before
-- the window of its cap ends.
local first, caps, denials, reserved_until = 13 + 6 * tonumber(ARGV[12]), {}, {}, {}
if #ARGV < first then
  set_clock(redis.call('HGET', KEYS[1], 'c') or nil, ARGV[3])
else
  open_ledger(KEYS[1], ARGV[3])
end
for _, reservation in pairs(open) do reserved_until[reservation.stamp] = reservation.expire end

-- Units of a lease that has expired may have been given to somebody else by now.
for c = first, #ARGV do
  for expiry in string.gmatch(ARGV[c], '%d+ %d+ (%d+);') do
    if tonumber(expiry) <= now then
      save_ledger()
      return {'lapsed'}
    end
  end
end

-- What a cap counts now: touches after `outside`; in a period all of them leave at `finish`. Before all bounds a period is
-- all that was, and behind the last one all that comes: more is counted then than need be, never less.
local function set_reach(cap, texts)
  cap.outside = now - cap.window
  local bounds = {}
  for text in string.gmatch(texts, '%d+') do bounds[#bounds + 1] = tonumber(text) end
  if #bounds > 0 then cap.outside, cap.finish = -1, bounds[1] end
  for i, bound in ipairs(bounds) do
    if bound <= now then
      cap.outside, cap.finish = bound - 1, bounds[i + 1] or now + bound - bounds[i - 1]
    end
  end
end

-- Counts what is in a cap's window, when the first candidate needs it.
local function cap_of(number)
  local at = 6 * number + 7
  local cap = {key = ARGV[at], limit = tonumber(ARGV[at + 1]), window = tonumber(ARGV[at + 2]), counts = ARGV[at + 5]}
  cap.stamps = stamps_of(cap.key)
  set_reach(cap, ARGV[at + 4])
  local leaves = {}
  for _, stamp in ipairs(cap.stamps) do
    local leave = math.min(cap.finish or stamp + cap.window, reserved_until[stamp] or math.huge)
    if stamp > cap.outside and leave > now then leaves[#leaves + 1] = leave end
  end
  for _, impression in ipairs(impressions_of(cap.key, cap.outside)) do
    local leave = cap.finish or tonumber(string.sub(impression, 1, DIGITS)) + cap.window
    if leave > now then leaves[#leaves + 1] = leave end
  end
  if #leaves >= cap.limit and ARGV[at + 3] == '1' then
    table.sort(leaves)
    cap.is_full = true
    denials[#denials + 1] = number .. ' ' .. #leaves .. ' ' .. digits(leaves[#leaves - cap.limit + 1]) .. ';'
  end
  caps[number] = cap
  return cap
end

-- Step 3: the first candidate that all its caps allow.
local chosen, taken = -1, {}
for c = first, #ARGV do
  local allowed = true
  taken = {}
  for text in string.gmatch(string.match(ARGV[c], '^[^|]*'), '%d+') do
    local number = tonumber(text)
    local cap = caps[number] or cap_of(number)
    taken[#taken + 1] = cap
    if cap.is_full then allowed = false end
  end
  if allowed then
    chosen = c - first
    break
  end
end

-- Forgets touches whose outcomes change nothing any more.
local function forget_settled()
  for field, value in pairs(fields) do
    if string.sub(field, 1, 2) == 't:' and not open[string.sub(field, 3)]
      and tonumber(string.sub(value, DIGITS + 1, 2 * DIGITS)) <= now then remove(field) end
  end
end

-- Step 4: take its places. A cap keeps its last time stamps, so many that a later playbook may widen its window or raise
-- its limit, and all that are still in the window or period. Where
-- outcomes matter, the touch is kept beside its reservation.
local status, expire = 'n', ''
if chosen >= 0 then
  status, expire = 'r', digits(now + tonumber(ARGV[4]))
  local keys, counted, keep = {}, '', 0
  forget_settled()
  for i, cap in ipairs(taken) do
    keys[i] = cap.key
    local stamps = cap.stamps
    stamps[#stamps + 1] = now
    while #stamps > math.max(cap.limit, LEAST_KEPT) and stamps[1] <= cap.outside do table.remove(stamps, 1) end
    set_stamps(cap.key, stamps)
    local seen = impressions_of(cap.key, -1)
    while #seen > math.max(cap.limit, LEAST_KEPT) and tonumber(string.sub(seen[1], 1, DIGITS)) <= cap.outside do
      table.remove(seen, 1)
    end
    if fields['i:' .. cap.key] then set_impressions(cap.key, seen) end
    if cap.counts ~= '' then
      counted = counted .. ' ' .. string.sub(cap.counts, 1, 1) .. ' ' .. cap.key
      keep = math.max(keep, tonumber(string.sub(cap.counts, 3)))
    end
  end
  if counted ~= '' then set('t:' .. ARGV[1], digits(now) .. digits(now + keep) .. counted) end
  set('r:' .. ARGV[1], expire .. digits(now) .. table.concat(keys, ' '))
  local units = ''
  for key, count in string.gmatch(ARGV[first + chosen], '(%d+) (%d+) %d+;') do
    local lease = KEYS[tonumber(key)]
    redis.call('HSET', lease, ARGV[1], expire .. ' ' .. count)
    -- 40 days: longer than any period.
    redis.call('PEXPIRE', lease, 3456000000)
    units = units .. lease .. ' ' .. count .. ' '
  end
  if units ~= '' then
    set('l:' .. ARGV[1], units)
    -- Stays with the decision: should the touch fail after it was confirmed, the units are given back.
    redis.call('HSET', KEYS[2], 'u', units)
  end
  set('c', digits(now))
end
save_ledger()
if chosen >= 0 then redis.call('PEXPIRE', KEYS[1], ARGV[7]) end

-- Step 5: keep the decision, to send nothing too, and tell the topic.
local denied, clock = table.concat(denials), digits(now)
redis.call('HSET', KEYS[2], 'h', ARGV[2], 'i', chosen, 't', clock, 'x', expire, 'd', denied, 's', status, 'p', ARGV[8])
if ARGV[11] ~= '' then redis.call('HSET', KEYS[2], 'w', ARGV[11]) end
-- The ledger that the caps were asked of may be a later one than the plan was made with: a replay needs it, if it said no.
if denied ~= '' then redis.call('HSET', KEYS[2], 'l', table.concat(as_found, '\n')) end
redis.call('PEXPIRE', KEYS[2], chosen >= 0 and ARGV[5] or ARGV[6])
redis.call('RPUSH', KEYS[3], ARGV[1])
if redis.call('LPUSH', KEYS[4], ARGV[1]) > tonumber(ARGV[10]) then redis.call('LTRIM', KEYS[4], 0, ARGV[10] - 1) end
redis.call('PEXPIRE', KEYS[4], math.max(tonumber(ARGV[5]), tonumber(ARGV[6])))
return {'new', chosen, clock, expire, denied, status}
