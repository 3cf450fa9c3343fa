namespace NBomber.Contracts;

/// <summary>What a response carries; its value is read as that of the F# option in the real package.</summary>
public sealed record Payload<T>(T Value);
