namespace WinBack.Testing.Oracles;

/// <summary>What a random log is made of. Shares are of all records, 0 to 1.</summary>
public sealed record RandomLogOptions
{
    public int Records { get; init; } = 2_000;

    public int Customers { get; init; } = 20;

    /// <summary>Of every topic.</summary>
    public int Partitions { get; init; } = 4;

    /// <summary>Time stamp of the first record.</summary>
    public DateTimeOffset Start { get; init; } = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    /// <summary>From the first record to the last. The default rolls the rings of hours and days.</summary>
    public TimeSpan Span { get; init; } = TimeSpan.FromDays(90);

    /// <summary>The horizon and future tolerance of the fold, so that events can lie on either side of them.</summary>
    public TimeSpan Horizon { get; init; } = TimeSpan.FromDays(2);

    public TimeSpan FutureTolerance { get; init; } = TimeSpan.FromMinutes(5);

    public string Currency { get; init; } = "GBP";

    /// <summary>Values in JSON instead of protobuf.</summary>
    public double Json { get; init; } = 0.2;

    /// <summary>Repeats of an earlier record: the same bytes, or the same id with another payload.</summary>
    public double Duplicates { get; init; } = 0.1;

    /// <summary>Event time at or behind the horizon.</summary>
    public double Late { get; init; } = 0.03;

    /// <summary>Event time ahead of the record time stamp: within the tolerance, on its edge and beyond it.</summary>
    public double Future { get; init; } = 0.03;

    /// <summary>Kinds of events and enum values that this binary does not know.</summary>
    public double Unknown { get; init; } = 0.02;

    /// <summary>Records of every <see cref="Core.Events.RecordFault"/> that a producer can cause.</summary>
    public double Poison { get; init; } = 0.03;

    /// <summary>Event time equal to that of another event of the same customer.</summary>
    public double Ties { get; init; } = 0.1;

    /// <summary>Record time stamps of a clock that is off by up to three days, either way.</summary>
    public double ClockJumps { get; init; } = 0.01;

    /// <summary>
    /// Erasures. With any, the outcomes (not the states) of the erased customers' records depend on how the streams are
    /// mixed, so a test that compares counts sets this to 0.
    /// </summary>
    public double Erasures { get; init; } = 0.001;
}
