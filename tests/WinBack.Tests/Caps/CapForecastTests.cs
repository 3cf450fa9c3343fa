using WinBack.Adapters.Redis;
using WinBack.Core.Caps;
using WinBack.Core.Events;
using WinBack.Core.Policy;
using Xunit.Abstractions;

namespace WinBack.Tests.Caps;

/// <summary>What is foreseen of the caps, against asking them at each instant.</summary>
public sealed class CapForecastTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(10);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void RandomLedgers_CapsSayTheSameBetweenTheInstants(int seed)
    {
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        int denied = 0, ended = 0;
        for (int round = 0; round < 300; round++)
        {
            CapUse[] caps = RandomCaps(random);
            CapLedger ledger = RandomLedger(random, caps, out DateTimeOffset clock);
            Candidate[] ranking = [.. Enumerable.Range(0, 4).Select(i => Mail($"a{i}", random.GetItems(caps, 2).Distinct().ToArray()))];
            if (CapForecast.Of(ranking, ledger, clock) is not { } forecast) continue;
            long first = Math.Max(forecast.FromMicros, ledger.LastChangeMicros + 1);
            long last = Math.Min(forecast.UntilMicros, CapTime.ToMicros(clock.AddDays(40))) - 1;
            foreach (long at in (long[])[first, last, .. Enumerable.Range(0, 8).Select(_ => random.NextInt64(first, last + 1))])
            {
                var denials = new List<CapDenial>();
                CapLedger asked = ledger.Copy();
                Assert.Equal(forecast.Chosen, asked.FirstAllowed(ranking, asked.Advance(CapTime.ToTime(at)), denials));
                Assert.Equal(forecast.Denials, denials);
            }

            Assert.Equal(
                forecast.Denials, DenialWords.Read(DenialWords.Of(ranking, forecast.Denials), ranking, forecast.Chosen));
            if (forecast.Denials.Count > 0) denied++;
            if (forecast.UntilMicros < CapTime.ToMicros(clock.AddDays(40))) ended++;
        }

        Assert.True(denied > 30 && ended > 30, $"only {denied} denied, {ended} that end");
    }

    [Fact]
    public void WhatAskingChanges_IsNotForeseen()
    {
        CapUse week = new("week/all", 2, TimeSpan.FromDays(7), true), sent = week with { Key = "sent/all", Counts = CapUnit.Sent };
        CapLedger ledger = CapLedger.Empty;
        ledger.Take(Guid.NewGuid(), [week], ledger.Advance(Start), Hold);
        Assert.Equal(CapTime.ToMicros(Start + Hold), CapForecast.Of([Mail("a", week)], ledger, Start)!.UntilMicros);
        Assert.Null(CapForecast.Of([Mail("a", week)], ledger, Start + Hold));

        CapLedger heard = CapLedger.Empty;
        Guid request = Guid.NewGuid();
        heard.Take(request, [sent], heard.Advance(Start), Hold);
        heard.Confirm(request, heard.Advance(Start));
        Assert.NotNull(CapForecast.Of([Mail("a", sent)], heard, Start.AddDays(1)));
        Assert.Null(CapForecast.Of([Mail("a", sent)], heard, Start.AddDays(8)));
    }

    private static CapUse[] RandomCaps(Random random) =>
    [
        .. Enumerable.Range(0, 3).Select(i => new CapUse(
            $"c{i}/all", random.Next(1, 4), TimeSpan.FromHours(random.Next(1, 400)), IsEnforced: i > 0 || random.Next(2) == 0,
            Counts: (CapUnit)random.Next(4))),
        new CapUse("day/all", random.Next(1, 3), TimeSpan.Zero, true, CapPeriod.Day),
    ];

    private static CapLedger RandomLedger(Random random, CapUse[] caps, out DateTimeOffset clock)
    {
        CapLedger ledger = CapLedger.Empty;
        clock = Start;
        for (int touch = 0; touch < random.Next(12); touch++)
        {
            clock += TimeSpan.FromMinutes(random.Next(1, 6_000));
            long now = ledger.Advance(clock);
            var request = new Guid(touch, 0, 0, new byte[8]);
            ledger.Take(request, Bound(random.GetItems(caps, 2).Distinct(), clock), now, Hold);
            if (random.Next(4) > 0) ledger.Confirm(request, ledger.Advance(clock));
            if (random.Next(2) == 0) ledger.Hear(new TouchOutcome(request, TouchEvidence.Shown, now + random.Next(1_000_000), (ulong)touch));
        }

        clock += TimeSpan.FromMinutes(random.Next(1, 6_000));
        for (int i = 0; i < caps.Length; i++) caps[i] = Bound([caps[i]], clock)[0];
        return ledger;
    }

    private static CapUse[] Bound(IEnumerable<CapUse> caps, DateTimeOffset at)
    {
        DateTimeOffset day = new(at.UtcDateTime.Date, TimeSpan.Zero);
        PeriodBounds bounds = PeriodBounds.Of(day.AddDays(-1), day, day.AddDays(1), day.AddDays(2));
        return [.. caps.Select(cap => cap.Period == CapPeriod.None ? cap : cap with { Bounds = bounds })];
    }

    private static Candidate Mail(string action, params CapUse[] caps) => new(
        action, Channel.Email, IsTransactional: false, "", "content", 1, "why", CloseTime: null, caps);
}
