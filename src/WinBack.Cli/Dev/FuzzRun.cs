namespace WinBack.Cli.Dev;

/// <summary>Reads many damaged inputs and holds each to its bounds of time and memory.</summary>
internal sealed class FuzzRun(FuzzInputs inputs, TimeProvider time)
{
    /// <summary>For inputs of some kilobytes; more means that a count was believed.</summary>
    private const long MaxAllocatedBytes = 64L << 20;

    /// <summary>Of processor, because machines are shared; generous, because what is wrong takes minutes.</summary>
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(20);

    private long _current;
    private long _since;

    internal long Read { get; private set; }

    internal long Accepted { get; private set; }

    internal long LargestAllocation { get; private set; }

    internal TimeSpan LongestTime { get; private set; }

    /// <summary>Tries <paramref name="count"/> inputs.</summary>
    /// <param name="first">Number of the first.</param>
    /// <param name="count">How many.</param>
    /// <param name="report">Called from time to time.</param>
    /// <param name="cancel">Ends it between two inputs.</param>
    /// <exception cref="InvalidOperationException">A reader threw something else than a refusal, or passed a bound.</exception>
    internal void Run(long first, long count, Action<FuzzRun> report, CancellationToken cancel)
    {
        // A reader that does not come back cannot be asked to stop: the program ends, which names the input.
        using ITimer watch = time.CreateTimer(_ => EndWhenStuck(), null, MaxTime, TimeSpan.FromSeconds(1));
        for (long number = first; number < first + count; number++)
        {
            cancel.ThrowIfCancellationRequested();
            One(number);
            if (Read % 50_000 == 0) report(this);
        }
    }

    private void One(long number)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Interlocked.Exchange(ref _current, number);
        Interlocked.Exchange(ref _since, Environment.CpuUsage.TotalTime.Ticks);
        try
        {
            Accepted += inputs.Try(number) ? 1 : 0;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            throw new InvalidOperationException($"input {number} was neither read nor refused", fault);
        }

        Read++;
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        TimeSpan taken = Taken();
        LargestAllocation = Math.Max(LargestAllocation, allocated);
        LongestTime = taken > LongestTime ? taken : LongestTime;
        if (allocated > MaxAllocatedBytes) throw new InvalidOperationException($"input {number} took {allocated:N0} bytes of memory");
    }

    private void EndWhenStuck()
    {
        if (Taken() > MaxTime)
            Environment.FailFast($"fuzz: input {Interlocked.Read(ref _current)} is not read after {MaxTime.TotalSeconds:F0} s");
    }

    private TimeSpan Taken() => Environment.CpuUsage.TotalTime - TimeSpan.FromTicks(Interlocked.Read(ref _since));
}
