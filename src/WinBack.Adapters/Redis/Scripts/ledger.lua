-- The touches of one customer as the caps count them: in Redis what CapLedger is in .NET. Stands before the scripts that
-- use it; they end with save_ledger.
-- Fields of the hash: 'c' = last change; 's:<cap key>' = time stamps, ascending; 'r:<request id>' = open reservation:
-- expiry, time stamp, then the cap keys, separated by spaces. A time is 16 digits: microseconds since 1970. Of touches under
-- caps that count what was s sent, d delivered or i seen: 't:<request id>' = time stamp, until when it is kept, what was heard
-- (letters s, d, i, and f for failed), then ' <unit> <cap key>' for each such cap; 'i:<cap key>' = impressions, ascending:
-- time and hash of the event id (16 hex digits) each.
local DIGITS = 16
local MOST_IMPRESSIONS = 128
local LEAST_KEPT = 20
-- What shows, of a touch that is said to have failed, that it counts nevertheless.
local PROOF = {s = '[sdi]', d = '[di]', i = 'i'}
local hash, fields, changed, open, now = nil, {}, {}, {}, nil
-- The hash as it was read: names and values in turns.
local as_found = {}

local function digits(micros)
  return string.format('%016.0f', micros)
end

local function set(field, value)
  fields[field], changed[field] = value, true
end

local function remove(field)
  fields[field], changed[field] = nil, true
end

-- Writes what was changed, in two commands at most.
local function save_ledger()
  local written, removed = {}, {}
  for field in pairs(changed) do
    if fields[field] then
      written[#written + 1] = field
      written[#written + 1] = fields[field]
    else
      removed[#removed + 1] = field
    end
  end
  if #written > 0 then redis.call('HSET', hash, unpack(written)) end
  if #removed > 0 then redis.call('HDEL', hash, unpack(removed)) end
end

local function stamps_of(key)
  local text, stamps = fields['s:' .. key] or '', {}
  for at = 1, #text, DIGITS do
    stamps[#stamps + 1] = tonumber(string.sub(text, at, at + DIGITS - 1))
  end
  return stamps
end

local function set_stamps(key, stamps)
  if #stamps == 0 then return remove('s:' .. key) end
  local text = {}
  for i = 1, #stamps do text[i] = digits(stamps[i]) end
  set('s:' .. key, table.concat(text))
end

local function add_stamp(key, stamp)
  local stamps = stamps_of(key)
  local at = #stamps
  while at > 0 and stamps[at] > stamp do at = at - 1 end
  table.insert(stamps, at + 1, stamp)
  set_stamps(key, stamps)
end

local function remove_stamp(key, stamp)
  local kept = {}
  for _, other in ipairs(stamps_of(key)) do
    if other ~= stamp then kept[#kept + 1] = other end
  end
  set_stamps(key, kept)
end

-- Impressions later than an instant, ascending.
local function impressions_of(key, outside)
  local text, seen = fields['i:' .. key] or '', {}
  for at = 1, #text, 2 * DIGITS do
    if tonumber(string.sub(text, at, at + DIGITS - 1)) > outside then seen[#seen + 1] = string.sub(text, at, at + 2 * DIGITS - 1) end
  end
  return seen
end

local function set_impressions(key, seen)
  if #seen == 0 then return remove('i:' .. key) end
  set('i:' .. key, table.concat(seen))
end

-- Once for each event, however often it is told.
local function add_impression(key, impression)
  local seen = impressions_of(key, -1)
  for _, other in ipairs(seen) do
    if other == impression then return end
  end
  seen[#seen + 1] = impression
  table.sort(seen)
  if #seen > MOST_IMPRESSIONS then table.remove(seen, 1) end
  set_impressions(key, seen)
end

local function touch_of(request)
  local value = fields['t:' .. request]
  if not value then return nil end
  local heard, counted = string.match(string.sub(value, 2 * DIGITS + 1), '^(%a*) (.*)$')
  return {head = string.sub(value, 1, 2 * DIGITS), stamp = tonumber(string.sub(value, 1, DIGITS)), heard = heard, counted = counted}
end

-- Whether a touch holds the place of its own time stamp: impressions hold places of theirs, and what is only reserved may
-- still be sent, whatever was heard.
local function holds(unit, heard, is_open)
  if unit == 'i' and string.find(heard, 'i') then return false end
  return is_open or not string.find(heard, 'f') or string.find(heard, PROOF[unit]) ~= nil
end

local function recount(touch, was_open, heard, is_open)
  for unit, key in string.gmatch(touch.counted, '(%a) (%S+)') do
    local held, held_now = holds(unit, touch.heard, was_open), holds(unit, heard, is_open)
    if held and not held_now then remove_stamp(key, touch.stamp) end
    if held_now and not held then add_stamp(key, touch.stamp) end
  end
end

-- Units of scarce capacities: 'l:<request id>' = 'lease key units ...', beside its reservation. In the hash of the lease they
-- are 'expiry units' while they may still be spent, and 'c units' when they were.
local function end_units(request, is_spent)
  local held = fields['l:' .. request]
  if not held then return end
  for lease, units in string.gmatch(held, '(%S+) (%d+)') do
    if is_spent then
      redis.call('HSET', lease, request, 'c ' .. units)
    else
      redis.call('HDEL', lease, request)
    end
  end
  remove('l:' .. request)
end

-- Makes a reservation's places final, as far as its outcomes let it.
local function settle(request)
  end_units(request, true)
  open[request] = nil
  remove('r:' .. request)
  local touch = touch_of(request)
  if touch then recount(touch, true, touch.heard, false) end
end

local function give_back(request)
  local reservation = open[request]
  end_units(request, false)
  open[request] = nil
  remove('r:' .. request)
  remove('t:' .. request)
  for key in string.gmatch(reservation.keys, '%S+') do remove_stamp(key, reservation.stamp) end
end

-- Sets `now`, the instant at which a change happens: the clock of a customer never goes back.
local function set_clock(last_change, clock_offset)
  local time = redis.call('TIME')
  local clock = tonumber(time[1]) * 1000000 + tonumber(time[2]) + tonumber(clock_offset)
  now = math.max(clock, tonumber(last_change or '-1') + 1)
end

-- Reads the ledger, sets `now`, and gives back the places of what has expired by then.
local function open_ledger(key, clock_offset)
  hash, fields, changed, open = key, {}, {}, {}
  local list = redis.call('HGETALL', key)
  as_found = list
  for i = 1, #list, 2 do
    local field, value = list[i], list[i + 1]
    fields[field] = value
    if string.sub(field, 1, 2) == 'r:' then
      open[string.sub(field, 3)] = {
        expire = tonumber(string.sub(value, 1, DIGITS)),
        stamp = tonumber(string.sub(value, DIGITS + 1, 2 * DIGITS)),
        keys = string.sub(value, 2 * DIGITS + 1),
      }
    end
  end
  set_clock(fields['c'], clock_offset)
  local expired = {}
  for request, reservation in pairs(open) do
    if reservation.expire <= now then expired[#expired + 1] = request end
  end
  for _, request in ipairs(expired) do give_back(request) end
  if #expired > 0 then set('c', digits(now)) end
end
