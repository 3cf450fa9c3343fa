using System.Globalization;
using System.Text;
using StackExchange.Redis;
using WinBack.Adapters.Tracing;
using WinBack.Core.Caps;
using WinBack.Core.Decisions;
using WinBack.Core.Policy;

namespace WinBack.Adapters.Redis;

/// <summary>
/// One decision as Scripts/expected.lua takes it: the caps were asked here, of the touches that the plan was made with, and the
/// script only looks whether that still holds. The decision is written with what they said.
/// </summary>
/// <param name="Decision">If it holds; without clock and expiry.</param>
/// <param name="Names">As many as the script has for each.</param>
/// <param name="Values">As many as the script has for each.</param>
internal sealed record ExpectedReservation(Decision Decision, RedisKey[] Names, RedisValue[] Values)
{
    /// <summary>Names and values of a call, before those of each decision.</summary>
    internal const int NamesBefore = 1;

    /// <inheritdoc cref="NamesBefore"/>
    internal const int ValuesBefore = 5;

    /// <summary>Of each decision.</summary>
    internal const int NamesEach = 4;

    /// <inheritdoc cref="NamesEach"/>
    internal const int ValuesEach = 10;

    /// <summary>In what is written of the ledger, for what only the script knows.</summary>
    private const char Now = '\x1', Expiry = '\x2', Kept = '\x3';

    /// <returns>Null when the caps have to be asked in Redis.</returns>
    internal static ExpectedReservation? Of(DecisionPlan plan, PartitionKeys keys)
    {
        // Units of leases are judged by the script's clock.
        if (plan.Touches is not { } touches || plan.Inputs is not { } inputs || UnitsShort.Concerns(plan)) return null;
        if (CapForecast.Of(plan.Ranking, touches, plan.DecideTime) is not { } forecast) return null;
        if (Written(plan, touches, forecast.Chosen) is not { } written) return null;
        Decision expected = DecisionPipeline.Expect(plan, forecast.Chosen, forecast.Denials);
        string customer = plan.Customer.Value, request = plan.Id!.Value.Request.ToString("D");
        return new ExpectedReservation(
            expected,
            [keys.Caps(customer), keys.Decision(request), keys.Index(customer), keys.Suppression(customer)],
            [
                request,
                plan.RequestHash,
                inputs.Customer.Suppression,
                CapsHash.Lines(inputs.Customer.Caps),
                Times(plan, touches, forecast),
                forecast.Chosen,
                forecast.Denials.Count == 0 ? "" : DenialWords.AsWritten + DenialWords.Of(plan.Ranking, forecast.Denials),
                written,
                StoredDecision.Write(expected),
                Spans.CurrentTraceParent,
            ]);
    }

    /// <summary>The decision, at the script's clock.</summary>
    internal Decision At(DateTimeOffset clock) => Decision with
    {
        CapClockTime = clock,
        ReservationExpireTime = Decision.Chosen is null ? null : clock + Decision.Plan.Reservation,
    };

    private static string Times(DecisionPlan plan, CapLedger touches, CapForecast forecast) => string.Create(
        CultureInfo.InvariantCulture,
        $"{touches.LastChangeMicros + 1} {forecast.FromMicros} {forecast.UntilMicros} {CapTime.ToMicros(plan.Reservation)} "
        + $"{KeepMicros(plan, forecast.Chosen)}");

    private static long KeepMicros(DecisionPlan plan, int chosen) =>
        chosen < 0 ? 0 : CountedTouch.Of(plan.Ranking[chosen].Caps, 0)?.KeepMicros ?? 0;

    /// <summary>
    /// Fields of the caps hash that change when the places are taken, with their values: names and values, a line each, as
    /// reserve.lua writes them.
    /// </summary>
    /// <returns>Null when impressions would be forgotten too, which is left to the script.</returns>
    private static string? Written(DecisionPlan plan, CapLedger touches, int chosen)
    {
        if (chosen < 0) return "";
        IReadOnlyList<CapUse> caps = plan.Ranking[chosen].Caps;
        Guid request = plan.Id!.Value.Request;
        CapLedger after = touches.Copy();
        after.Take(request, caps, after.Advance(plan.DecideTime), plan.Reservation);
        var text = new StringBuilder(512);
        foreach (CapUse cap in caps)
        {
            if (after.ImpressionsOf(cap.Key).Count != touches.ImpressionsOf(cap.Key).Count) return null;
            IReadOnlyList<long> stamps = after.StampsOf(cap.Key);
            text.Append("s:").Append(cap.Key).Append('\n');
            for (int i = 0; i < stamps.Count - 1; i++) text.Append(CultureInfo.InvariantCulture, $"{stamps[i]:D16}");
            text.Append(Now).Append('\n');
        }

        text.Append("r:").Append(request).Append('\n').Append(Expiry).Append(Now);
        text.AppendJoin(' ', caps.Select(cap => cap.Key)).Append('\n');
        if (after.CountedTouches.TryGetValue(request, out CountedTouch? counted))
        {
            text.Append("t:").Append(request).Append('\n').Append(Now).Append(Kept);
            foreach ((CapUnit unit, string key) in counted.Counted) text.Append(' ').Append(CapLetters.Of(unit)).Append(' ').Append(key);
            text.Append('\n');
        }

        return text.Append("c\n").Append(Now).ToString();
    }
}
