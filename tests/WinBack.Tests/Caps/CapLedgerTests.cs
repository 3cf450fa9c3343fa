using WinBack.Core.Caps;
using WinBack.Core.Events;
using WinBack.Core.Policy;

namespace WinBack.Tests.Caps;

public sealed class CapLedgerTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(10);

    [Fact]
    public void C2_TouchExactlyOneWindowLater_IsAllowed()
    {
        CapLedger ledger = CapLedger.Empty;
        Candidate mail = Mail(new CapUse("c/all", 1, TimeSpan.FromDays(7), true));
        Take(ledger, mail, Start, confirm: true);
        Assert.Equal(-1, Ask(ledger, mail, Start.AddDays(7).AddMicroseconds(-1), out List<CapDenial> denials));
        Assert.Equal(new CapDenial(0, 0, 1, Start.AddDays(7)), Assert.Single(denials));
        Assert.Equal(0, Ask(ledger, mail, Start.AddDays(7), out _));
    }

    [Fact]
    public void C2_ReservedPlace_IsFreeAtItsExpiry()
    {
        CapLedger ledger = CapLedger.Empty;
        Candidate mail = Mail(new CapUse("c/all", 1, TimeSpan.FromDays(7), true));
        Take(ledger, mail, Start, confirm: false);
        Assert.Equal(-1, Ask(ledger, mail, Start, out List<CapDenial> denials));
        Assert.Equal(Start + Hold, denials[0].AllowedTime);
        Assert.Equal(0, Ask(ledger, mail, Start + Hold, out _));
        Assert.Empty(ledger.OpenReservations);
    }

    [Fact]
    public void C3_ReleasedPlace_IsFreeAtOnce()
    {
        CapLedger ledger = CapLedger.Empty;
        Candidate mail = Mail(new CapUse("c/all", 1, TimeSpan.FromDays(7), true));
        Guid request = Take(ledger, mail, Start, confirm: false);
        Assert.True(ledger.Release(request, ledger.Advance(Start)));
        Assert.False(ledger.Release(request, ledger.Advance(Start)));
        Assert.Equal(0, Ask(ledger, mail, Start, out _));
    }

    [Fact]
    public void C3_ClockSetBack_FreesNothingAndRepeatsNoTimeStamp()
    {
        CapLedger ledger = CapLedger.Empty;
        Candidate mail = Mail(new CapUse("c/all", 3, TimeSpan.FromDays(7), true));
        for (int i = 0; i < 3; i++) Take(ledger, mail, Start.AddDays(-100 * i), confirm: true);
        Assert.Equal(-1, Ask(ledger, mail, Start.AddDays(-300), out _));
        Assert.Equal(3, ledger.StampsOf("c/all").Distinct().Count());
        Assert.Equal(ledger.StampsOf("c/all").Order(), ledger.StampsOf("c/all"));
    }

    [Fact]
    public void C5_TransactionalTouch_TakesAPlaceAndIsNotHeldBack()
    {
        CapLedger ledger = CapLedger.Empty;
        Candidate receipt = Mail(new CapUse("c/all", 1, TimeSpan.FromDays(7), false));
        Candidate mail = Mail(new CapUse("c/all", 1, TimeSpan.FromDays(7), true));
        for (int i = 0; i < 3; i++) Take(ledger, receipt, Start.AddHours(i), confirm: true);
        Assert.Equal(-1, Ask(ledger, mail, Start.AddDays(1), out List<CapDenial> denials));
        Assert.Equal((3, Start.AddDays(7).AddHours(2)), (denials[0].Count, denials[0].AllowedTime));
    }

    [Fact]
    public void C2_Period_IsFreeAtTheNextOne()
    {
        CapLedger ledger = CapLedger.Empty;
        Candidate mail = Mail(Daily(Start));
        Take(ledger, mail, Start.AddHours(23), confirm: true);
        Assert.Equal(-1, Ask(ledger, mail, Start.AddDays(1).AddMicroseconds(-1), out List<CapDenial> denials));
        Assert.Equal(new CapDenial(0, 0, 1, Start.AddDays(1)), Assert.Single(denials));
        Assert.Equal(0, Ask(ledger, mail, Start.AddDays(1), out _));
        // The clock of the caps is behind that of the decision: it is still the day before.
        Assert.Equal(-1, Ask(ledger, Mail(Daily(Start.AddDays(1))), Start.AddHours(23.5), out denials));
        Assert.Equal(Start.AddDays(1), denials[0].AllowedTime);
        // So far behind, or ahead, that the day is not known: rather too much is counted.
        Assert.Equal(-1, Ask(ledger, Mail(Daily(Start.AddDays(9))), Start.AddHours(23.5), out denials));
        Assert.Equal(Start.AddDays(8), denials[0].AllowedTime);
        Assert.Equal(-1, Ask(ledger, Mail(Daily(Start.AddDays(-9))), Start.AddDays(3), out denials));
        Assert.Equal(Start.AddDays(4), denials[0].AllowedTime);
    }

    [Fact]
    public void FirstAllowed_BetterOneDenied_FallsToTheNext()
    {
        CapLedger ledger = CapLedger.Empty;
        Candidate mail = Mail(new CapUse("c/email", 1, TimeSpan.FromDays(7), true));
        Candidate card = Mail(new CapUse("c/print", 1, TimeSpan.FromDays(7), true));
        Take(ledger, mail, Start, confirm: true);
        var denials = new List<CapDenial>();
        Assert.Equal(1, ledger.FirstAllowed([mail, card], ledger.Advance(Start), denials));
        Assert.Single(denials);
    }

    [Fact]
    public void SentTouches_ReservedOnes_AreLeftOut()
    {
        CapLedger ledger = CapLedger.Empty;
        Candidate mail = Mail(new CapUse("sequence/marketing", 5, TimeSpan.FromDays(45), true));
        Take(ledger, mail, Start, confirm: true);
        Take(ledger, mail, Start.AddMinutes(1), confirm: false);
        Assert.Equal(Start, Assert.Single(ledger.SentTouches("sequence/marketing").SentTimes));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void RandomTimes_AgreeWithTheNaiveLog(int seed)
    {
        var random = new Random(seed);
        CapLedger ledger = CapLedger.Empty;
        var log = new NaiveTouchLog();
        CapUse[] caps = Enumerable.Range(0, 4)
            .Select(i => new CapUse($"cap{i}/all", random.Next(1, 5), TimeSpan.FromSeconds(random.Next(1, 200)), i > 0)).ToArray();
        long period = random.Next(600, 1_200) * 1_000_000L;
        Candidate[] actions = Enumerable.Range(0, 5).Select(_ => Mail(random.GetItems(caps, 2).Distinct().ToArray())).ToArray();
        DateTimeOffset clock = Start;
        for (int step = 0; step < 3_000; step++)
        {
            clock += TimeSpan.FromMilliseconds(random.Next(10) == 0 ? -random.Next(60_000) : random.Next(20_000));
            long now = ledger.Advance(clock);
            caps[3] = caps[3] with { Period = CapPeriod.Day, Window = TimeSpan.Zero, Bounds = Around(clock, period) };
            if (step % 10 == 0) actions = actions.Select(_ => Mail(random.GetItems(caps, 2).Distinct().ToArray())).ToArray();
            Candidate[] ranking = random.GetItems(actions, random.Next(1, 4)).Select(a => Mail(
                a.Caps.Select(cap => cap.Period == CapPeriod.None ? cap : caps[3]).ToArray())).ToArray();
            var denials = new List<CapDenial>();
            int chosen = ledger.FirstAllowed(ranking, now, denials);
            AssertAgrees(log, ranking, now, chosen, denials);
            if (chosen >= 0)
            {
                Guid request = new(random.Next(), 0, 0, new byte[8]);
                ledger.Take(request, ranking[chosen].Caps, now, Hold / 20);
                log.Add(request, ranking[chosen].Caps, now, now + ((Hold / 20).Ticks / 10));
            }

            if (random.Next(2) == 0) SettleOne(random, ledger, log, clock);
        }

        Assert.True(log.Touches.Count > 300, $"seed {seed}: only {log.Touches.Count} touches");
    }

    private static void SettleOne(Random random, CapLedger ledger, NaiveTouchLog log, DateTimeOffset clock)
    {
        if (log.Touches.Count == 0) return;
        long now = ledger.Advance(clock);
        NaiveTouchLog.Touch touch = log.Touches[^Math.Min(log.Touches.Count, random.Next(1, 4))];
        bool isOpen = !touch.IsConfirmed && touch.HoldsPlaceAt(now);
        if (random.Next(3) == 0)
        {
            Assert.Equal(isOpen, ledger.Release(touch.Request, now));
            touch.IsReleased |= isOpen;
        }
        else
        {
            Assert.Equal(isOpen, ledger.Confirm(touch.Request, now));
            touch.IsConfirmed |= isOpen;
        }
    }

    private static void AssertAgrees(NaiveTouchLog log, Candidate[] ranking, long now, int chosen, List<CapDenial> denials)
    {
        var expected = new List<CapDenial>();
        int expectedChosen = -1;
        for (int c = 0; c < ranking.Length && expectedChosen < 0; c++)
        {
            int before = expected.Count;
            for (int i = 0; i < ranking[c].Caps.Count; i++)
            {
                CapUse cap = ranking[c].Caps[i];
                if (cap.IsEnforced && log.Count(cap, now) is var count && count >= cap.Limit)
                    expected.Add(new CapDenial(c, i, count, CapTime.ToTime(log.FirstFree(cap, now))));
            }

            if (expected.Count == before) expectedChosen = c;
        }

        Assert.Equal(expectedChosen, chosen);
        Assert.Equal(expected, denials);
    }

    private static CapUse Daily(DateTimeOffset day) =>
        new("c/all", 1, TimeSpan.Zero, true, CapPeriod.Day, Around(day, CapTime.ToMicros(TimeSpan.FromDays(1))));

    private static PeriodBounds Around(DateTimeOffset time, long period)
    {
        long start = CapTime.ToMicros(time) / period * period;
        return new PeriodBounds(start - period, start, start + period, start + (2 * period));
    }

    private static Candidate Mail(params CapUse[] caps) => new("a", Channel.Email, false, "", "c", 1, "", null, caps);

    private static Guid Take(CapLedger ledger, Candidate candidate, DateTimeOffset clock, bool confirm)
    {
        Guid request = new(ledger.StampsOf(candidate.Caps[0].Key).Count + 1, 0, 0, new byte[8]);
        ledger.Take(request, candidate.Caps, ledger.Advance(clock), Hold);
        if (confirm) Assert.True(ledger.Confirm(request, ledger.Advance(clock)));
        return request;
    }

    private static int Ask(CapLedger ledger, Candidate candidate, DateTimeOffset clock, out List<CapDenial> denials)
    {
        denials = [];
        return ledger.FirstAllowed([candidate], ledger.Advance(clock), denials);
    }
}
