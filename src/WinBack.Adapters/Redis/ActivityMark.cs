namespace WinBack.Adapters.Redis;

/// <summary>A customer whose prediction of one day is kept was active.</summary>
/// <param name="Customer">Of <see cref="Core.Models.SampleDays.KeyOf"/>.</param>
/// <param name="Day">UTC, of the prediction.</param>
/// <param name="TimeMs">Event time.</param>
internal readonly record struct ActivityMark(ulong Customer, DateOnly Day, long TimeMs);
