-- Takes what counts under caps of a customer off, and notes who did it and why. Once for each request id. Places that are only
-- reserved stay: what they were promised to may still be sent.
-- KEYS: 1 caps hash; 2 resets hash. ARGV: 1 request id; 2 clock offset (us); 3 retention (ms); 4 1 for a trial; 5 who, a line,
--       and why; then the cap keys.
-- Returns what was noted: time (16 digits), a line of '<cap key> <places>;' for each key, then who and why.
local known = redis.call('HGET', KEYS[2], ARGV[1])
if known then return known end
open_ledger(KEYS[1], ARGV[2])
local reserved, is_reset, freed, total = {}, {}, {}, 0
for _, reservation in pairs(open) do reserved[reservation.stamp] = true end

for at = 6, #ARGV do
  local key, kept = ARGV[at], {}
  local stamps, places = stamps_of(key), #impressions_of(key, -1)
  for _, stamp in ipairs(stamps) do
    if reserved[stamp] then kept[#kept + 1] = stamp else places = places + 1 end
  end
  if places > 0 then
    set_stamps(key, kept)
    set_impressions(key, {})
  end
  is_reset[key], freed[#freed + 1], total = true, key .. ' ' .. places .. ';', total + places
end

-- What is heard of these touches later must not bring their places back. Impressions to come count.
local touches = {}
for field in pairs(fields) do
  local request = string.match(field, '^t:(.*)$')
  if request and not open[request] then touches[#touches + 1] = request end
end
for _, request in ipairs(touches) do
  local touch, counted = touch_of(request), ''
  for unit, key in string.gmatch(touch.counted, '(%a) (%S+)') do
    if unit == 'i' or not is_reset[key] then counted = counted .. ' ' .. unit .. ' ' .. key end
  end
  if counted == '' then remove('t:' .. request) else set('t:' .. request, touch.head .. touch.heard .. counted) end
end

local note = digits(now) .. '\n' .. table.concat(freed) .. '\n' .. ARGV[5]
if ARGV[4] == '1' then return note end
if total > 0 then set('c', digits(now)) end
if total > 0 then save_ledger() end
redis.call('HSET', KEYS[2], ARGV[1], note)
redis.call('PEXPIRE', KEYS[2], ARGV[3])
return note
