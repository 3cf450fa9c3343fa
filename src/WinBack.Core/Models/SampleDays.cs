using WinBack.Core.Events;

namespace WinBack.Core.Models;

/// <summary>
/// Which customers' predictions are kept on which day: each customer has one day in every so many, by a stable hash. So over
/// that many days no customer counts twice, however often it is asked, and who is asked often counts like everybody else.
/// </summary>
public static class SampleDays
{
    /// <summary>Stable over processes and versions.</summary>
    public static ulong KeyOf(string customer) => new EventId(customer).Hash;

    /// <param name="days">Length of the cycle.</param>
    public static bool IsDayOf(ulong customer, DateOnly day, int days) => customer % (uint)days == (uint)(day.DayNumber % days);

    /// <summary>Of an instant (UTC).</summary>
    public static DateOnly Of(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);
}
