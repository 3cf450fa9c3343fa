using System.Diagnostics;
using System.Runtime.InteropServices;

namespace NBomber.Engine;

/// <summary>Time and threads of a run, so that tests can have both under control.</summary>
internal abstract class LoadScheduler
{
    public static readonly LoadScheduler Real = new SystemScheduler();

    /// <summary>Time since some fixed moment.</summary>
    public abstract TimeSpan Now { get; }

    /// <summary>Blocks until <paramref name="instant"/>; never returns before it.</summary>
    public abstract void SleepUntil(TimeSpan instant);

    /// <summary>Starts an iteration without waiting for it.</summary>
    public abstract void Start(IThreadPoolWorkItem iteration);

    /// <summary>Waits until all iterations are over.</summary>
    /// <returns>False when that took longer than <paramref name="timeout"/>.</returns>
    public abstract bool Wait(CountdownEvent iterations, TimeSpan timeout);

    private sealed class SystemScheduler : LoadScheduler
    {
        private readonly long started = Stopwatch.GetTimestamp();

        public override TimeSpan Now => Stopwatch.GetElapsedTime(started);

        public override void SleepUntil(TimeSpan instant)
        {
            for (var left = instant - Now; left > TimeSpan.Zero; left = instant - Now)
            {
                Sleep(left);
            }
        }

        public override void Start(IThreadPoolWorkItem iteration) =>
            ThreadPool.UnsafeQueueUserWorkItem(iteration, preferLocal: false);

        public override bool Wait(CountdownEvent iterations, TimeSpan timeout) => iterations.Wait(timeout);

        /// <summary>
        /// The system's own sleep wakes within about 60 microseconds; .NET's rounds up to milliseconds, and that would count
        /// as latency of the system under test.
        /// </summary>
        private static void Sleep(TimeSpan time)
        {
            if (OperatingSystem.IsLinux())
            {
                var request = new Timespec { Seconds = (nint)(time.Ticks / TimeSpan.TicksPerSecond) };
                request.Nanoseconds = (nint)(time.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick);
                _ = NanoSleep(in request, 0);
            }
            else
            {
                Thread.Sleep(time < TimeSpan.FromMilliseconds(1) ? TimeSpan.Zero : time);
            }
        }

        [DllImport("libc", EntryPoint = "nanosleep")]
        private static extern int NanoSleep(in Timespec request, nint remaining);

        private struct Timespec
        {
            public nint Seconds;
            public nint Nanoseconds;
        }
    }
}
