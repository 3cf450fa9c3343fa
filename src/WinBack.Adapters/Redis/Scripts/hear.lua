-- Corrects what caps count by outcomes of touches. The result depends on the set of outcomes heard, in whatever order and
-- however often, so a replay, a zombie or a retry changes nothing.
-- KEYS: 1 caps hash. ARGV: 1 clock offset (us); then four for each outcome: request id, what it says (s, d, i or f), time
-- (16 digits), hash of the event id (16 hex digits).
-- Returns how many were of touches under caps that count outcomes, and are not too long ago.
local first, step, heard = 2, 4, 0
local matters = false
for at = first, #ARGV, step do
  if redis.call('HEXISTS', KEYS[1], 't:' .. ARGV[at]) == 1 then matters = true end
end
if not matters then return 0 end

open_ledger(KEYS[1], ARGV[1])
for at = first, #ARGV, step do
  local request, letter = ARGV[at], ARGV[at + 1]
  local touch, is_open = touch_of(request), open[request] ~= nil
  if touch then
    local all = touch.heard
    if not string.find(all, letter, 1, true) then all = all .. letter end
    set('t:' .. request, touch.head .. all .. ' ' .. touch.counted)
    recount(touch, is_open, all, is_open)
    for unit, key in string.gmatch(letter == 'i' and touch.counted or '', '(%a) (%S+)') do
      if unit == 'i' then add_impression(key, ARGV[at + 2] .. ARGV[at + 3]) end
    end
    heard = heard + 1
  end
end
save_ledger()
return heard
