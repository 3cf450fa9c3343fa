using WinBack.Adapters.Redis;
using Xunit.Sdk;

namespace WinBack.IntegrationTests.Caps;

/// <summary>Each guard of the scripts, taken out: then the check that minds it must fail.</summary>
public sealed class GuardMutantTests : IAsyncLifetime
{
    private ServerOrMemory? _server;

    public async Task InitializeAsync() => _server = await ServerOrMemory.StartAsync("redis-server");

    public async Task DisposeAsync() => await _server!.DisposeAsync();

    [Theory]
    [InlineData("reserve", "if cap.is_full then", "if false then", nameof(StoreChecks.RaceAsync))]
    [InlineData("reserve", "if known[1] then", "if false then", nameof(StoreChecks.RetryAsync))]
    [InlineData("reserve", "if known[1] and known[1] ~= ARGV[2] then", "if false then", nameof(StoreChecks.RetryAsync))]
    [InlineData("reserve", "if status == 'r' and not open[ARGV[1]] then status = 'e' end", "", nameof(StoreChecks.RetryAsync))]
    [InlineData("reserve", "redis.call('RPUSH', KEYS[3], ARGV[1])", "", nameof(StoreChecks.RetryAsync))]
    [InlineData("reserve", "reserved_until[stamp] or math.huge", "math.huge", nameof(StoreChecks.ExpiryAsync))]
    [InlineData("reserve", "leaves[#leaves - cap.limit + 1]", "leaves[1]", nameof(StoreChecks.TransactionalAsync))]
    [InlineData("reserve", "stamp > cap.outside and ", "", nameof(StoreChecks.PeriodAsync))]
    [InlineData("reserve", "cap.finish or stamp + cap.window", "stamp + cap.window", nameof(StoreChecks.PeriodAsync))]
    [InlineData("reserve", "bounds[i + 1] or now + bound - bounds[i - 1]", "bounds[i + 1]", nameof(StoreChecks.PeriodAsync))]
    [InlineData("reserve", "if #bounds > 0 then cap.outside, cap.finish = -1, bounds[1] end", "", nameof(StoreChecks.PeriodAsync))]
    [InlineData("reserve", "#stamps > math.max(cap.limit, LEAST_KEPT) and ", "", nameof(StoreChecks.KeepsLastTouchesAsync))]
    [InlineData("reserve", " and stamps[1] <= cap.outside", "", nameof(StoreChecks.KeepsLastTouchesAsync))]
    [InlineData("reserve", "set('c', digits(now))\nend\nsave_ledger()", "end\nsave_ledger()", nameof(StoreChecks.ClockBackAsync))]
    [InlineData("reserve", "math.max(clock, tonumber(last_change or '-1') + 1)", "clock", nameof(StoreChecks.ClockBackAsync))]
    [InlineData("reserve", "for _, request in ipairs(expired) do give_back(request) end", "", nameof(StoreChecks.ExpiryAsync))]
    [InlineData("confirm", "for _, request in ipairs(expired) do give_back(request) end", "", nameof(StoreChecks.ExpiresUnderConfirmAsync))]
    [InlineData("reserve", "end\nsave_ledger()\nif chosen", "end\nif chosen", nameof(StoreChecks.ExpiryAsync))]
    [InlineData("confirm", "settle(ARGV[1])", "", nameof(StoreChecks.ExpiryAsync))]
    [InlineData("confirm", "state ~= ARGV[2] or ", "", nameof(StoreChecks.StateChangesUnderConfirmAsync))]
    [InlineData("confirm", "if not open[ARGV[1]] then", "if false then", nameof(StoreChecks.ExpiresUnderConfirmAsync))]
    [InlineData("confirm", "if ARGV[4] ~= '' and now >= tonumber(ARGV[4]) then", "if false then", nameof(WindowChecks.ClosesUnderConfirmAsync))]
    [InlineData("release", "give_back(ARGV[1])", "settle(ARGV[1])", nameof(StoreChecks.ReleaseAsync))]
    [InlineData("hear", "if other == impression then return end", "", nameof(OutcomeChecks.ImpressionsAsync))]
    [InlineData("hear", "if #seen > MOST_IMPRESSIONS then table.remove(seen, 1) end", "", nameof(OutcomeChecks.ImpressionsAsync))]
    [InlineData("hear", "if unit == 'i' and string.find(heard, 'i') then return false end", "", nameof(OutcomeChecks.ImpressionsAsync))]
    [InlineData("hear", "is_open or not string.find", "not string.find", nameof(OutcomeChecks.OpenAsync))]
    [InlineData("hear", " or string.find(heard, PROOF[unit]) ~= nil", "", nameof(OutcomeChecks.FailedAsync))]
    [InlineData("hear", "if held_now and not held then", "if held_now then", nameof(OutcomeChecks.FailedAsync))]
    [InlineData("confirm", "if touch then recount(touch, true, touch.heard, false) end", "", nameof(OutcomeChecks.OpenAsync))]
    [InlineData("release", "remove('t:' .. request)", "", nameof(OutcomeChecks.OpenAsync))]
    [InlineData("reserve", "<= now then remove(field) end", "< 0 then remove(field) end", nameof(OutcomeChecks.ForgottenAsync))]
    [InlineData("reserve", "ipairs(impressions_of(cap.key, cap.outside)) do", "ipairs({}) do", nameof(OutcomeChecks.ImpressionsAsync))]
    public async Task GuardTakenOut_CheckFails(string script, string guard, string instead, string check)
    {
        DecisionScripts scripts = DecisionScripts.Default;
        DecisionScripts mutant = script switch
        {
            "reserve" => scripts with { Reserve = scripts.Reserve.Without(guard, instead) },
            "hear" => scripts with { Hear = scripts.Hear.Without(guard, instead) },
            "confirm" => scripts with { Confirm = scripts.Confirm.Without(guard, instead) },
            _ => scripts with { Release = scripts.Release.Without(guard, instead) },
        };
        Func<StoreBench, Task> run = CheckNamed(check);
        await using (StoreBench bench = await _server!.OpenAsync()) await run(bench);
        await using (StoreBench bench = await _server!.OpenAsync(mutant)) await Assert.ThrowsAnyAsync<XunitException>(() => run(bench));
    }

    private static Func<StoreBench, Task> CheckNamed(string name) =>
        new[] { typeof(StoreChecks), typeof(OutcomeChecks), typeof(WindowChecks) }
            .Select(checks => checks.GetMethod(name, System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static))
            .OfType<System.Reflection.MethodInfo>().Single().CreateDelegate<Func<StoreBench, Task>>();
}
