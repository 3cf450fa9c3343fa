namespace WinBack.Core.Caps;

/// <summary>Places taken and not yet confirmed.</summary>
/// <param name="StampMicros">The time stamp in each of the lists; unique for the customer, so it also finds the places.</param>
/// <param name="ExpireMicros">From this instant on the places are free again.</param>
/// <param name="Keys">The lists that hold the time stamp.</param>
public sealed record CapReservation(Guid Request, long StampMicros, long ExpireMicros, IReadOnlyList<string> Keys);
