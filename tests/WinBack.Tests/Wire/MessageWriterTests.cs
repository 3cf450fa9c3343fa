using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using WinBack.Adapters.Wire;
using WinBack.Core.Decisions;

namespace WinBack.Tests.Wire;

/// <summary>Its bytes beside those of Google.Protobuf for the same message.</summary>
public sealed class MessageWriterTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(16_383)]
    [InlineData(16_384)]
    [InlineData(2_100_000)]
    public void String_OfAnyLength_IsTheSame(int length)
    {
        string text = new('x', length);
        var message = new V1.Rejection { Rule = text, Observed = "after" };
        Same(message, to =>
        {
            to.String(V1.Rejection.RuleFieldNumber, text);
            to.String(V1.Rejection.ObservedFieldNumber, "after");
        });
    }

    [Fact]
    public void String_NotAscii_IsTheSame()
    {
        string[] texts = ["Zoë", "日本語", "🎁", "a\ud800b", ""];
        Same(new V1.ReasonEvidence { Words = { texts } }, to => to.Strings(V1.ReasonEvidence.WordsFieldNumber, texts));
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(1L)]
    [InlineData(-1L)]
    [InlineData(127L)]
    [InlineData(128L)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void Int64_IsTheSame(long value)
    {
        Same(new V1.CapacityQuote { Left = value }, to => to.Int64(V1.CapacityQuote.LeftFieldNumber, value));
        Same(
            new V1.CapUse { BoundsMicros = { value, 5, value } },
            to => to.Packed(V1.CapUse.BoundsMicrosFieldNumber, (long[])[value, 5, value], micros => micros));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void Double_IsTheSame(double value)
    {
        Same(new V1.CapacityQuote { PriceMicros = value }, to => to.Double(V1.CapacityQuote.PriceMicrosFieldNumber, value));
        Same(
            new V1.ResponseValues { Ratios = { value, 2 } },
            to => to.Packed(V1.ResponseValues.RatiosFieldNumber, (double[])[value, 2], one => one));
        Same(
            new V1.DecisionEvidence { FeatureValues = { (float)value, 2 } },
            to => to.Packed(V1.DecisionEvidence.FeatureValuesFieldNumber, [(float)value, 2]));
    }

    [Fact]
    public void Double_NegativeZero_IsTheSame() => Double_IsTheSame(-0.0);

    [Theory]
    [InlineData(0L)]
    [InlineData(1L)]
    [InlineData(-1L)]
    [InlineData(10_000_000L)]
    [InlineData(-10_000_000L)]
    [InlineData(-15_000_001L)]
    [InlineData(15_000_001L)]
    [InlineData(17_000_000_000_000_001L)]
    public void TimeAndSpan_AroundTheEpoch_AreTheSame(long ticks)
    {
        DateTimeOffset time = DateTimeOffset.UnixEpoch.AddTicks(ticks);
        Same(new V1.Rejection { EligibleTime = time.ToTimestamp() }, to => to.Time(V1.Rejection.EligibleTimeFieldNumber, time));
        var span = new TimeSpan(ticks);
        Same(new V1.CapUse { Window = span.ToDuration() }, to => to.Span(V1.CapUse.WindowFieldNumber, span));
    }

    [Fact]
    public void Time_Ends_AreTheSame()
    {
        foreach (DateTimeOffset time in (DateTimeOffset[])[DateTimeOffset.MinValue, DateTimeOffset.MaxValue])
            Same(new V1.Rejection { EligibleTime = time.ToTimestamp() }, to => to.Time(V1.Rejection.EligibleTimeFieldNumber, time));
        Same(new V1.Rejection(), to => to.Time(V1.Rejection.EligibleTimeFieldNumber, null));
    }

    [Fact]
    public void BytesEntriesAndMessages_EmptyOnesToo_AreTheSame()
    {
        byte[] state = new byte[300];
        Same(
            new V1.DecisionInputs { State = ByteString.CopyFrom(state), Caps = { ["b"] = "1", ["a"] = "", [""] = "2" } },
            to => InputsWire.Write(new DecisionInputs([], new SnapshotSource(state, [new("b", "1"), new("a", ""), new("", "2")])), to));
        Same(new V1.DecisionInputs { State = ByteString.Empty }, to => to.Bytes(V1.DecisionInputs.StateFieldNumber, []));
        Same(new V1.RankedCandidate { Terms = new V1.ValueTerms() }, to => to.End(to.Begin(V1.RankedCandidate.TermsFieldNumber)));
        Same(new V1.CapUse { Enforced = true }, to => to.Bool(V1.CapUse.EnforcedFieldNumber, true));
        Same(new V1.CapUse(), to => to.Bool(V1.CapUse.EnforcedFieldNumber, false));
    }

    [Fact]
    public void Fields_OfAMessage_StandAmongTheOthers() => Same(
        new V1.Rejection { Action = "a", Rule = "C2", Threshold = "t" },
        to =>
        {
            to.Fields(new V1.Rejection { Action = "a", Rule = "C2" });
            to.String(V1.Rejection.ThresholdFieldNumber, "t");
        });

    private static void Same(IMessage message, Action<MessageWriter> write)
    {
        using var writer = new MessageWriter();
        write(writer);
        Assert.Equal(message.ToByteArray(), writer.Written.ToArray());
    }
}
